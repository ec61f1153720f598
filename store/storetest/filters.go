package storetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/workflow"
)

// filters narrows a list of cases in every way.
func filters(t *testing.T, database Database) {
	s := database.Open(t)
	a, b, c := proposal("a"), proposal("b"), proposal("c")
	a.Form, a.State, a.Stage = "letter", "signed", "life"
	b.Partner.Country, b.Partner.ID = "FR", "partner-b"
	c.Deadlines, c.Number, c.Serial = nil, "1/2027", 1
	a.Serial, a.Number = 12, "12/2026"
	b.UpdatedAt, c.UpdatedAt = noon.Add(time.Hour), noon.Add(2*time.Hour)
	b.CreatedAt = noon.Add(-time.Hour)
	ofAnna, ofRole := task(b, workflow.Lawyer, "2026-03-01"), task(c, workflow.Secretariat, "")
	ofAnna.Assignee = "anna"
	for _, p := range []workflow.Proposal{a, b, c} {
		commit(t, s, opening(p))
	}
	commit(t, s, store.Change{Tasks: []store.TaskWrite{{Do: store.Insert, Task: ofAnna}, {Do: store.Insert, Task: ofRole}}})
	b.Tasks, c.Tasks = []workflow.Task{ofAnna}, []workflow.Task{ofRole}
	for _, test := range []struct {
		filter store.CaseFilter
		want   string
	}{
		{store.CaseFilter{}, "cba"},
		{store.CaseFilter{Sort: "updated_at"}, "abc"},
		{store.CaseFilter{Sort: "created_at", Form: "agreement"}, "bc"},
		{store.CaseFilter{Sort: "number"}, "bac"},
		{store.CaseFilter{Sort: "-title"}, "cba"},
		{store.CaseFilter{Sort: "due_on"}, "bac"},
		{store.CaseFilter{Sort: "-due_on"}, "abc"},
		{store.CaseFilter{Form: "letter"}, "a"},
		{store.CaseFilter{State: "draft"}, "cb"},
		{store.CaseFilter{Stage: "life"}, "a"},
		{store.CaseFilter{Country: "FR"}, "b"},
		{store.CaseFilter{PartnerID: "partner-b"}, "b"},
		{store.CaseFilter{PartnerID: "partner-b", State: "signed"}, ""},
		{store.CaseFilter{OverdueOn: "2026-03-02"}, "b"},
		{store.CaseFilter{OverdueOn: "2026-03-01"}, ""},
		{store.CaseFilter{OverdueOn: "2026-04-02"}, "ba"},
		{store.CaseFilter{MineUser: "anna"}, "b"},
		{store.CaseFilter{MineUser: "jan", MineRoles: []workflow.Role{workflow.Secretariat, workflow.Official}}, "c"},
		{store.CaseFilter{MineUser: "anna", MineRoles: []workflow.Role{workflow.Secretariat}, Text: "b"}, "b"},
		{store.CaseFilter{MineUser: "jan"}, ""},
		{store.CaseFilter{MineUser: "jan", MineRoles: []workflow.Role{workflow.Lawyer}}, ""},
	} {
		page := must[store.Page[workflow.Proposal]](t)(s.ListCases(t.Context(), test.filter))
		var got strings.Builder
		for _, p := range page.Items {
			got.WriteString(p.Title)
		}
		if got.String() != test.want {
			t.Errorf("%+v: got %q, want %q", test.filter, got.String(), test.want)
		}
	}
	for limit, want := range []string{1: "a b c", 2: "ab c", 3: "abc", 4: "abc"} {
		if want == "" {
			continue
		}
		var pages []string
		all(t, func(cursor string) (store.Page[workflow.Proposal], error) {
			page, err := s.ListCases(t.Context(), store.CaseFilter{Sort: "-due_on", PageRequest: store.PageRequest{Limit: limit, Cursor: cursor}})
			titles := ""
			for _, p := range page.Items {
				titles += p.Title
			}
			pages = append(pages, titles)
			return page, err
		})
		if got := strings.Join(pages, " "); got != want {
			t.Errorf("by the farthest due date, %d a page: %q, want %q", limit, got, want)
		}
	}
	for _, want := range []workflow.Proposal{a, b, c} {
		at := slices.IndexFunc(allCases(t, s, store.CaseFilter{}), func(p workflow.Proposal) bool { return p.ID == want.ID })
		same(t, "listed case", want, allCases(t, s, store.CaseFilter{})[at])
	}
}
