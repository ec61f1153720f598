package postgres_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"hejnal/store/internal/listing"
	"hejnal/store/storetest"
)

// TestEveryCombinationOfFiltersIsWalkedByAnIndex holds that whatever is asked for can be found by an index in the order
// asked for. The database is empty, so that the planner is told what it would learn from a million cases: neither to read
// whole tables nor to sort.
func TestEveryCombinationOfFiltersIsWalkedByAnIndex(t *testing.T) {
	made := database(t)
	made.Open(t)
	connection, err := pgx.Connect(t.Context(), made.Location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close(t.Context()) })
	for _, setting := range []string{"enable_seqscan", "enable_sort", "enable_bitmapscan", "enable_incremental_sort"} {
		if _, err := connection.Exec(t.Context(), "SET "+setting+" = off"); err != nil {
			t.Fatal(err)
		}
	}
	for _, combination := range storetest.Combinations() {
		query, err := listing.Cases(listing.Postgres, listing.Way{}, nil, combination.CaseFilter)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := connection.Query(t.Context(), "EXPLAIN (COSTS OFF) "+query.SQL, query.Args...)
		if err != nil {
			t.Fatal(err)
		}
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		steps := strings.Join(lines, "\n")
		if strings.Contains(steps, "Seq Scan") || !walks(steps, combination) {
			t.Errorf("%s: cases are not walked in their order:\n%s", combination.Name(), steps)
		}
	}
}

// walks tells whether one of the indexes that have the order, and a column that is narrowed by, is used. What a partner
// has is few enough to be sorted.
func walks(steps string, c storetest.Narrowed) bool {
	order := strings.TrimSuffix(strings.TrimPrefix(c.Sort, "-"), "_at")
	order = strings.TrimSuffix(order, "_on")
	prefix, suffix := "cases_listed_", "_"+order
	if order == "updated" {
		prefix, suffix = "cases_", ""
	}
	indexes := []string{}
	for _, column := range c.Columns {
		name := prefix + strings.TrimSuffix(column, "_id") + suffix
		if column == "partner_id" {
			name = prefix + "partner"
		}
		indexes = append(indexes, name)
	}
	if c.OverdueOn != "" {
		indexes = append(indexes, prefix+"passing"+suffix)
	}
	if len(indexes) == 0 || c.PartnerID != "" || c.OverdueOn != "" && order == "due" {
		indexes = append(indexes, prefix+order)
	}
	for _, index := range indexes {
		if strings.Contains(steps, " using "+index+" on ") {
			return true
		}
	}
	return false
}
