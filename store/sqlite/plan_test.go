package sqlite_test

import (
	"database/sql"
	"strings"
	"testing"

	"hejnal/store"
	"hejnal/store/internal/listing"
	"hejnal/workflow"
)

// opened is the database of a store, reached past it.
func opened(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// plan is how SQLite means to run a query.
func plan(t *testing.T, db *sql.DB, query listing.Query) string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query.SQL, query.Args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(steps, "\n")
}

func TestListsWalkAnIndexInTheirOrder(t *testing.T) {
	made := database(t)
	made.Open(t)
	db := opened(t, made.Location)
	roles := []workflow.Role{workflow.Lawyer, workflow.Official}
	cases := func(filter store.CaseFilter) listing.Query {
		var way listing.Way
		words := listing.Words(filter.Text)
		if len(words) > 0 {
			way.Lead.Word = words[0]
		}
		query, err := listing.Cases(listing.SQLite, way, words, filter)
		if err != nil {
			t.Fatal(err)
		}
		return query
	}
	found := func(way listing.Way, filter store.CaseFilter) listing.Query {
		query, err := listing.Cases(listing.SQLite, way, listing.Words(filter.Text), filter)
		if err != nil {
			t.Fatal(err)
		}
		return query
	}
	walked := func(filter store.CaseFilter) listing.Query { return found(listing.Way{}, filter) }
	nearby := func(filter store.CaseFilter) listing.Query { return found(listing.Way{Reach: 400}, filter) }
	tasks := func(filter store.TaskFilter) listing.Query {
		query, err := listing.Tasks(listing.SQLite, filter)
		if err != nil {
			t.Fatal(err)
		}
		return query
	}
	register := func(filter store.RegisterFilter) listing.Query {
		query, err := listing.Register(listing.SQLite, listing.Lead{}, nil, filter)
		if err != nil {
			t.Fatal(err)
		}
		return query
	}
	partners, err := listing.Partners(listing.SQLite, listing.Lead{}, nil, store.PartnerFilter{})
	if err != nil {
		t.Fatal(err)
	}
	comments, err := listing.Comments(store.CommentFilter{ProposalID: "c", LastFirst: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name  string
		query listing.Query
		index []string
	}{
		{"all cases", cases(store.CaseFilter{}), []string{"cases_updated"}},
		{"by title", cases(store.CaseFilter{Sort: "title"}), []string{"cases_title"}},
		{"by number", cases(store.CaseFilter{Sort: "-number"}), []string{"cases_number"}},
		{"by due date", cases(store.CaseFilter{Sort: "due_on"}), []string{"cases_due"}},
		{"in a state", cases(store.CaseFilter{State: "draft"}), []string{"cases_state"}},
		{"of a form", cases(store.CaseFilter{Form: "letter"}), []string{"cases_form"}},
		{"of a country", cases(store.CaseFilter{Country: "JP"}), []string{"cases_country"}},
		{"with a partner", cases(store.CaseFilter{PartnerID: "p"}), []string{"cases_partner"}},
		{"found by a word", cases(store.CaseFilter{Text: "lodz"}), []string{"cases_terms VIRTUAL TABLE INDEX"}},
		{"found by a number", cases(store.CaseFilter{Text: "17/2026"}), []string{"cases_numbered"}},
		{"of a common word, far back", walked(store.CaseFilter{Text: "lodz", Sort: "title"}), []string{"COVERING INDEX cases_title", "LIST SUBQUERY"}},
		{"of a form and a common word", walked(store.CaseFilter{Text: "lodz", Form: "letter", Sort: "-number"}), []string{"COVERING INDEX cases_form_number", "LIST SUBQUERY"}},
		{"somebody's, far back", walked(store.CaseFilter{MineUser: "u", MineRoles: roles, Sort: "created_at"}), []string{"COVERING INDEX cases_waiting_created", "LIST SUBQUERY"}},
		{"somebody's with a partner", walked(store.CaseFilter{MineUser: "u", PartnerID: "p"}), []string{"cases_partner"}},
		{"somebody's of a form, nearby", nearby(store.CaseFilter{MineUser: "u", Form: "letter", Sort: "title"}), []string{"cases_waiting_title"}},
		{"one's own inbox", tasks(store.TaskFilter{State: "open", MineUser: "u", MineRoles: roles}), []string{"tasks_assignee", "tasks_unassigned"}},
		{"open tasks", tasks(store.TaskFilter{State: "open"}), []string{"tasks_state"}},
		{"tasks of a role", tasks(store.TaskFilter{State: "open", Role: workflow.Lawyer}), []string{"tasks_role"}},
		{"tasks of a rule on a day", tasks(store.TaskFilter{Rule: "vote", DueOn: "2026-03-10", Role: workflow.Secretariat}), []string{"tasks_rule"}},
		{"days of a rule", listing.SessionDays(listing.SQLite, []string{"vote"}, "2026-03-10", 10), []string{"tasks_rule"}},
		{"the register", register(store.RegisterFilter{}), []string{"register_title"}},
		{"what is current", register(store.RegisterFilter{Status: "current"}), []string{"register_status"}},
		{"the register of a country", register(store.RegisterFilter{Country: "JP"}), []string{"register_country"}},
		{"the register, newest first", register(store.RegisterFilter{Sort: "-since"}), []string{"register_since_back"}},
		{"the register by its changes", register(store.RegisterFilter{Sort: "-updated_at"}), []string{"SCAN register"}},
		{"what ends soon", register(store.RegisterFilter{ExpiringBefore: "2026-03-10", Clocks: []string{"expiry"}}), []string{"cases_due", "sqlite_autoindex_register_1"}},
		{"partners", partners, []string{"partners_name"}},
		{"the newest comments", comments, []string{"comments_proposal"}},
	} {
		steps := plan(t, db, test.query)
		for _, index := range test.index {
			if !strings.Contains(steps, index) {
				t.Errorf("%s: %s is not used:\n%s", test.name, index, steps)
			}
		}
		if strings.Contains(steps, "SCAN cases\n") || strings.Contains(steps, "SCAN tasks\n") {
			t.Errorf("%s: a table is read whole:\n%s", test.name, steps)
		}
	}
}
