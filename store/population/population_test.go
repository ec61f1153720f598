package population_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver of PostgreSQL

	"hejnal/store"
	"hejnal/store/population"
	"hejnal/store/postgres"
	"hejnal/store/sqlite"
	"hejnal/store/storetest"
	"hejnal/tools/pgtest"
	"hejnal/workflow"
)

var today = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// plan is that of the store's tests, but that what is signed stands in the register.
func plan(count int) population.Plan {
	made := storetest.Population(count, today)
	for _, sample := range made.Samples {
		for _, change := range sample {
			for i := range change.Cases {
				if p := &change.Cases[i].Proposal; p.State == "signed" {
					p.Register = workflow.Register{Status: workflow.RegisterPast, Since: "2024-01-09", Until: "2024-02-08"}
				}
			}
		}
	}
	return made
}

// A database is one kind of store that can be filled.
type database struct {
	place string
	open  func(context.Context, string) (store.Store, error)
	fill  func(context.Context, string, population.Plan, population.Progress) error
	dump  string // the driver with which its tables are read
}

func databases(t *testing.T, name string) database {
	t.Helper()
	if name == "postgres" {
		return database{
			pgtest.Database(t), func(ctx context.Context, url string) (store.Store, error) {
				return postgres.Open(ctx, url, postgres.Options{})
			},
			population.Postgres, "pgx",
		}
	}
	return database{
		filepath.Join(t.TempDir(), "store.sqlite"), func(ctx context.Context, path string) (store.Store, error) {
			return sqlite.Open(ctx, path, sqlite.Options{})
		},
		population.SQLite, "sqlite",
	}
}

func TestAFilledStoreIsAsTheChangesWouldHaveLeftIt(t *testing.T) {
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			asked := plan(60)
			filled, committed := databases(t, kind), databases(t, kind)
			withStore(t, filled, func(store.Store) {})
			told := 0
			if err := filled.fill(t.Context(), filled.place, asked, func(written int) { told = written }); err != nil {
				t.Fatal(err)
			}
			if told != asked.Count {
				t.Errorf("told of %d proposals, want %d", told, asked.Count)
			}
			withStore(t, committed, func(s store.Store) { commit(t, s, asked) })
			got, want := contents(t, filled), contents(t, committed)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("rows (-committed +filled):\n%s", diff)
			}
			withStore(t, filled, func(s store.Store) { readBack(t, s, asked.Count) })
		})
	}
}

func withStore(t *testing.T, at database, do func(store.Store)) {
	t.Helper()
	s, err := at.open(t.Context(), at.place)
	if err != nil {
		t.Fatal(err)
	}
	do(s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// commit commits every copy, in turns, as they stand in the journal of a filled store.
func commit(t *testing.T, s store.Store, asked population.Plan) {
	t.Helper()
	partners, copies, err := population.Deal(asked)
	if err != nil {
		t.Fatal(err)
	}
	for _, partner := range partners {
		if _, err := s.Commit(t.Context(), store.Change{At: partner.CreatedAt, Partners: []store.PartnerWrite{{Partner: partner}}}); err != nil {
			t.Fatal(err)
		}
	}
	years := map[int]bool{}
	for _, changes := range copies {
		for _, change := range changes {
			if _, err := s.Commit(t.Context(), change); err != nil {
				t.Fatal(err)
			}
		}
		year := changes[0].At.Year()
		years[year] = true
		if _, err := s.NextSerial(t.Context(), fmt.Sprintf("case/%d", year)); err != nil {
			t.Fatal(err)
		}
	}
	if len(years) < 15 {
		t.Errorf("the proposals lie in %d years", len(years))
	}
}

// contents are the rows of every table that the program made, but for what tells only of the order of writing.
func contents(t *testing.T, at database) map[string][]string {
	t.Helper()
	db, err := sql.Open(at.dump, at.place)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	found := map[string][]string{}
	names := []string{
		"cases", "cases_search", "tasks", "documents", "comments", "journal", "personal", "scopes", "holders", "partners", "partners_search", "serials", "register",
	}
	if at.dump == "pgx" {
		names = append(names, "cases_listed")
	}
	for _, name := range names {
		found[name] = dump(t, db, name)
		if len(found[name]) == 0 {
			t.Errorf("%s is empty", name)
		}
	}
	return found
}

func dump(t *testing.T, db *sql.DB, name string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+name)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for rows.Next() {
		values, targets := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		line := ""
		for i, column := range columns {
			if column != "pos" && column != "public_pos" && column != "num" {
				line += fmt.Sprintf("%s=%q ", column, fmt.Sprint(values[i]))
			}
		}
		lines = append(lines, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return lines
}

// readBack looks whether the store works with what it was filled with: it counts on, and finds by words.
func readBack(t *testing.T, s store.Store, count int) {
	t.Helper()
	found, cursor := 0, ""
	for {
		page, err := s.ListCases(t.Context(), store.CaseFilter{Text: "/20", PageRequest: store.PageRequest{Limit: 7, Cursor: cursor}})
		if err != nil {
			t.Fatal(err)
		}
		found += len(page.Items)
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if found != count {
		t.Errorf("found %d proposals of %d by their numbers", found, count)
	}
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	done, err := s.Commit(t.Context(), store.Change{At: today, Entries: []store.Entry{{ID: newID(), Kind: "admin", Subject: "a", Text: []byte("{}")}}})
	if err != nil || done.FirstPos != head+1 {
		t.Errorf("the next entry stands at %d after %d: %v", done.FirstPos, head, err)
	}
}

func TestWithoutSamplesNothingIsFilled(t *testing.T) {
	at := databases(t, "sqlite")
	withStore(t, at, func(store.Store) {})
	for name, asked := range map[string]population.Plan{
		"no samples":           {Count: 1, Today: today},
		"a sample of nothing":  {Count: 1, Today: today, Samples: []population.Sample{{{At: today}}}},
		"a partner of no kind": {Count: 1, Today: today, Samples: []population.Sample{{{At: today, Cases: []store.CaseWrite{{Proposal: workflow.Proposal{ID: newID()}}}}}}},
	} {
		if err := at.fill(t.Context(), at.place, asked, nil); err == nil {
			t.Errorf("%s: filled", name)
		}
	}
}
