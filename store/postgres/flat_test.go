package postgres_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"hejnal/store"
	"hejnal/store/internal/listing"
	"hejnal/store/population"
	"hejnal/store/postgres"
	"hejnal/store/storetest"
)

// TestListsTouchNoMoreOfMoreCases counts the blocks that the first page of a list touches, in every order and narrowed by
// what stands in very many cases and in few.
func TestListsTouchNoMoreOfMoreCases(t *testing.T) {
	if testing.Short() {
		t.Skip("fills two databases")
	}
	const few, many = 2_000, 60_000
	small, large := populated(t, few), populated(t, many)
	for _, order := range []string{"updated_at", "created_at", "number", "title", "due_on"} {
		for _, down := range []string{"", "-"} {
			for name, filter := range map[string]store.CaseFilter{
				"all": {}, "open": {State: "draft"}, "ended": {Stage: "ended"}, "of a form": {Form: "agreement"},
				"of a country": {Country: "DE"}, "overdue": {OverdueOn: "2026-11-20"}, "search: a common word": {Text: "20"},
				"search: nothing": {Text: "qqzzxx"}, "search: two letters in nothing": {Text: "qx"}, "search: a word and two letters in nothing": {Text: "umowa qx"}, "search: a letter": {Text: "2"},
			} {
				filter.Sort = down + order
				before, after := blocks(t, small, filter), blocks(t, large, filter)
				// Trees grow by a level, and each of the rows of a page is looked up through three and lies on a page of its own
				// where there are many: which pages hold them is a matter of chance.
				const levels = 4 * 51
				allowed := before*3/2 + levels
				if filter.Sort == "-due_on" && filter.Text != "" {
					allowed += 4 * 400 // a look at 400 that have a due date, of which there are fewer where there are few cases
				}
				if after > allowed {
					t.Errorf("%s, by %s: %d blocks of %d cases, %d of %d", name, filter.Sort, before, few, after, many)
				}
			}
		}
	}
}

func populated(t *testing.T, count int) *pgx.Conn {
	t.Helper()
	made := database(t)
	made.Open(t)
	if err := population.Postgres(t.Context(), made.Location, storetest.Population(count, time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)), nil); err != nil {
		t.Fatal(err)
	}
	connection, err := pgx.Connect(t.Context(), made.Location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close(context.WithoutCancel(t.Context())) })
	if _, err := connection.Exec(t.Context(), "SET random_page_cost = "+postgres.RandomPageCost); err != nil {
		t.Fatal(err)
	}
	return connection
}

// blocks is how many blocks a page touches, over all that is asked for it.
func blocks(t *testing.T, connection *pgx.Conn, filter store.CaseFilter) int {
	t.Helper()
	touched := 0
	_, err := listing.FindCases(t.Context(), listing.Postgres, listing.Effort{}.WithDefaults(), func(ctx context.Context, query listing.Query, read func(listing.Rows) error) error {
		touched += blocksOf(t, connection, query)
		rows, err := connection.Query(ctx, query.SQL, query.Args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		return read(rows)
	}, filter)
	if err != nil {
		t.Fatal(err)
	}
	return touched
}

func blocksOf(t *testing.T, connection *pgx.Conn, query listing.Query) int {
	t.Helper()
	var text []byte
	if err := connection.QueryRow(t.Context(), "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) "+query.SQL, query.Args...).Scan(&text); err != nil {
		t.Fatal(err)
	}
	var plans []struct {
		Plan struct {
			Hit  int `json:"Shared Hit Blocks"`
			Read int `json:"Shared Read Blocks"`
		}
	}
	if err := json.Unmarshal(text, &plans); err != nil {
		t.Fatal(err)
	}
	return plans[0].Plan.Hit + plans[0].Plan.Read
}
