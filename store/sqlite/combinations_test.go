package sqlite_test

import (
	"strings"
	"testing"

	"hejnal/store/internal/listing"
	"hejnal/store/storetest"
)

// TestEveryCombinationOfFiltersIsWalkedByAnIndex holds that whatever is asked for is found by an index, in the order asked
// for; only what a partner has is few enough to be sorted.
func TestEveryCombinationOfFiltersIsWalkedByAnIndex(t *testing.T) {
	made := database(t)
	made.Open(t)
	db := opened(t, made.Location)
	for _, combination := range storetest.Combinations() {
		query, err := listing.Cases(listing.SQLite, listing.Way{}, nil, combination.CaseFilter)
		if err != nil {
			t.Fatal(err)
		}
		steps := plan(t, db, query)
		if index := wanted(combination); !strings.Contains(steps, " USING INDEX "+index+" ") && !strings.HasSuffix(steps, " USING INDEX "+index) &&
			!strings.Contains(steps, " USING INDEX "+index+"\n") {
			t.Errorf("%s: %s is not used:\n%s", combination.Name(), index, steps)
		}
		sorts := strings.Contains(steps, "USE TEMP B-TREE FOR ORDER BY\n") || strings.Contains(steps, "SCAN cases\n")
		if sorts && combination.PartnerID == "" {
			t.Errorf("%s: cases are read whole or sorted:\n%s", combination.Name(), steps)
		}
	}
}

// wanted is the index by which a combination is to be walked.
func wanted(c storetest.Narrowed) string {
	order := strings.TrimSuffix(strings.TrimPrefix(c.Sort, "-"), "_at")
	order = strings.TrimSuffix(order, "_on")
	switch {
	case c.PartnerID != "":
		return "cases_partner"
	case c.OverdueOn != "" && order != "due":
		return "cases_passing_" + order
	case len(c.Columns) == 0:
		return "cases_" + order
	case order == "updated":
		return "cases_" + c.Columns[0]
	}
	return "cases_" + c.Columns[0] + "_" + order
}
