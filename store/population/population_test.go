package population_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver of PostgreSQL

	"hejnal/store"
	"hejnal/store/population"
	"hejnal/store/postgres"
	"hejnal/store/sqlite"
	"hejnal/tools/pgtest"
	"hejnal/workflow"
)

var (
	start  = time.Date(2024, 1, 8, 10, 0, 0, 0, time.UTC)
	today  = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	random = rand.New(rand.NewPCG(1, 2))
	anna   = newID()
)

func newID() string { return population.NewID(random, start.UnixMicro()) }

// samples are one proposal at each of its stages, with something of everything that a change can write.
func samples() []population.Sample {
	p := workflow.Proposal{
		ID: newID(), Number: "7/2024", Serial: 7, Form: "agreement", Definition: workflow.Ref{Version: 1, Digest: strings.Repeat("d", 64)},
		Title: "Tytuł wzoru", Partner: workflow.Partner{ID: newID(), Name: "Wzorzec", NativeName: "Vzor", Country: "XX", Kind: "city", Continent: "europe"},
		Stage: "contacts", State: "draft", Round: 1, Version: 1, Seq: 1, CreatedAt: start, UpdatedAt: start, LastBy: map[string][]string{"open": {anna}},
		Deadlines: []workflow.Deadline{{Clock: "reply", StartsOn: "2024-01-08", DueOn: "2024-03-01", State: "running"}},
	}
	first := workflow.Task{ID: newID(), Rule: "r", ProposalID: p.ID, Form: p.Form, Role: workflow.Lawyer, AsksFor: []string{"sign"}, State: "open", OpenedAt: start, DueOn: "2024-01-20"}
	second := first
	second.ID, second.DueOn = newID(), ""
	opened := store.Change{
		At: start, Cases: []store.CaseWrite{{Proposal: p}},
		Tasks:   []store.TaskWrite{{Do: store.Insert, Task: first}, {Do: store.Insert, Task: second}},
		Holds:   []store.HoldWrite{{Scope: "country:XX", Label: "open", ProposalID: p.ID}, {Scope: "partner:" + p.Partner.ID, Label: "open", ProposalID: p.ID}, {Scope: "resolution:IV/7", Label: "resolution", ProposalID: p.ID}},
		Entries: []store.Entry{entry(&p, "opened", ""), entry(&p, "", "task")},
	}
	claimed := store.Change{
		At:      start.AddDate(0, 0, 2),
		Tasks:   []store.TaskWrite{{Do: store.Assign, Task: workflow.Task{ID: first.ID, Assignee: anna}}},
		Entries: []store.Entry{entry(&p, "", "task")},
	}
	talk := store.Change{At: start.AddDate(0, 0, 3), Comments: []store.Comment{{ID: newID(), ProposalID: p.ID, By: anna, Text: "Dzień dobry", At: start.AddDate(0, 0, 3)}}}
	late := store.Change{
		At: start.AddDate(0, 0, 20), Tasks: []store.TaskWrite{{Do: store.MarkOverdue, Task: workflow.Task{ID: first.ID}}},
		Entries: []store.Entry{entry(&p, "", "task")},
	}
	attached := p
	document := workflow.Document{ID: newID(), Kind: "letter", SHA256: strings.Repeat("ab", 32), By: anna, AttachedAt: start.AddDate(0, 0, 21)}
	attached.Version, attached.UpdatedAt, attached.Documents = 2, document.AttachedAt, []workflow.Document{document}
	filed := store.Change{
		At: attached.UpdatedAt, Cases: []store.CaseWrite{{Expect: 1, Proposal: attached}}, Documents: []store.DocumentWrite{{ProposalID: p.ID, Document: document}},
		Entries: []store.Entry{entry(&attached, "", "document")},
	}
	ended := attached
	ended.Version, ended.Seq, ended.UpdatedAt, ended.Stage, ended.State = 3, 2, start.AddDate(0, 1, 0), "ended", "signed"
	ended.Deadlines = []workflow.Deadline{{Clock: "reply", StartsOn: "2024-01-08", DueOn: "2024-03-01", State: "met"}}
	closed := func(task workflow.Task) store.TaskWrite {
		task.State, task.Outcome, task.ClosedAt = "completed", "signed", ended.UpdatedAt
		return store.TaskWrite{Do: store.Close, Task: task}
	}
	signed := store.Change{
		At: ended.UpdatedAt, Cases: []store.CaseWrite{{Expect: 2, Proposal: ended}}, Tasks: []store.TaskWrite{closed(first), closed(second)},
		Holds:   []store.HoldWrite{{Scope: "country:XX", Label: "open", ProposalID: p.ID, Release: true}},
		Entries: []store.Entry{entry(&ended, "signed", ""), entry(&ended, "", "task")},
	}
	signed.Entries[0].Public = &store.PublicEntry{ID: newID(), Subject: "public." + p.ID, Text: []byte(`{"country":"XX","number":"7/2024"}`)}
	whole := population.Sample{opened, claimed, talk, late, filed, signed}
	var stages []population.Sample
	for n := range whole {
		stages = append(stages, whole[:n+1])
	}
	return stages
}

func entry(p *workflow.Proposal, event, kind string) store.Entry {
	id := newID()
	e := store.Entry{ID: id, Kind: kind, ProposalID: p.ID, Subject: kind + "." + p.ID, Text: fmt.Appendf(nil, `{"id":%q,"time":"2024-01-08T10:00:00Z","name":%q,"by":%q}`, id, p.Partner.Name, anna)}
	if event != "" {
		e.Kind, e.Seq, e.Personal = "transition", p.Seq, []store.Personal{{Pointer: "/comment", Value: []byte(`"a"`), Salt: []byte("salt")}}
	}
	return e
}

func plan(count int) population.Plan {
	return population.Plan{
		Samples: samples(), Count: count, Today: today, People: map[string][]string{anna: {newID(), newID()}},
		Series: func(year int) string { return fmt.Sprintf("case/%d", year) },
	}
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
		"cases", "cases_search", "tasks", "documents", "comments", "journal", "personal", "scopes", "holders", "partners", "partners_search", "serials",
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
		"a sample of nothing":  {Count: 1, Today: today, Samples: []population.Sample{{{At: start}}}},
		"a partner of no kind": {Count: 1, Today: today, Samples: []population.Sample{{{At: start, Cases: []store.CaseWrite{{Proposal: workflow.Proposal{ID: newID()}}}}}}},
	} {
		if err := at.fill(t.Context(), at.place, asked, nil); err == nil {
			t.Errorf("%s: filled", name)
		}
	}
}
