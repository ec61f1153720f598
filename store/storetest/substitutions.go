package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

func substitution(absent, substitute string, from, until calendar.Date, after time.Duration) store.Substitution {
	return store.Substitution{
		ID: newID(), Absent: absent, Substitute: substitute, From: from, Until: until, Roles: []workflow.Role{workflow.Lawyer}, Reason: "urlop",
		By: absent, CreatedAt: noon.Add(after),
	}
}

func add(list ...store.Substitution) store.Change {
	var change store.Change
	for _, s := range list {
		change.Substitutions = append(change.Substitutions, store.SubstitutionWrite{Substitution: s})
	}
	return change
}

// substitutions hold on half-open days, and no longer once they are ended.
func substitutions(t *testing.T, database Database) {
	s := database.Open(t)
	ctx := t.Context()
	first := substitution("anna", "piotr", "2026-03-02", "2026-03-05", 0)
	second := substitution("anna", "ewa", "2026-03-05", "2026-03-06", time.Minute)
	other := substitution("jan", "piotr", "2026-03-01", "2026-04-01", 2*time.Minute)
	other.Roles = nil
	commit(t, s, add(first, second, other))
	same(t, "substitution", first, must[store.Substitution](t)(s.Substitution(ctx, first.ID)))
	if _, err := s.Substitution(ctx, newID()); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("one that is not there: %v", err)
	}
	read := func(who string, on calendar.Date, want ...store.Substitution) {
		t.Helper()
		same(t, fmt.Sprintf("whom %s stands in for on %s", who, on), append([]store.Substitution{}, want...), must[[]store.Substitution](t)(s.StandsIn(ctx, who, on)))
	}
	read("piotr", "2026-02-28")
	read("piotr", "2026-03-01", other)
	read("piotr", "2026-03-02", other, first)
	read("piotr", "2026-03-04", other, first)
	read("piotr", "2026-03-05", other)
	read("anna", "2026-03-03")
	of := func(from calendar.Date, want ...store.Substitution) {
		t.Helper()
		same(t, "substitutions of anna from "+string(from), append([]store.Substitution{}, want...), must[[]store.Substitution](t)(s.SubstitutionsOf(ctx, "anna", from)))
	}
	of("2026-01-01", first, second)
	of("2026-03-05", second)
	of("2026-03-06")
	end := store.Change{At: noon, Substitutions: []store.SubstitutionWrite{{End: true, Substitution: store.Substitution{ID: first.ID, EndedAt: noon.Add(time.Hour)}}}}
	commit(t, s, end)
	first.EndedAt = noon.Add(time.Hour)
	same(t, "substitution", first, must[store.Substitution](t)(s.Substitution(ctx, first.ID)))
	read("piotr", "2026-03-02", other)
	of("2026-01-01", second)
	if _, err := s.Commit(ctx, end); !errors.Is(err, store.ErrStale) {
		t.Errorf("it ended twice: %v", err)
	}
}

// substitutionList pages through everybody's and one person's substitutions.
func substitutionList(t *testing.T, database Database) {
	s := database.Open(t)
	var all, annas []store.Substitution
	for i, pair := range [][2]string{{"anna", "piotr"}, {"jan", "piotr"}, {"piotr", "anna"}, {"anna", "jan"}, {"ewa", "jan"}} {
		made := substitution(pair[0], pair[1], "2026-03-02", "2026-03-05", time.Duration(i)*time.Second)
		commit(t, s, add(made))
		all = append([]store.Substitution{made}, all...)
		if pair[0] == "anna" || pair[1] == "anna" {
			annas = append([]store.Substitution{made}, annas...)
		}
	}
	for person, want := range map[string][]store.Substitution{"": all, "anna": annas, "zofia": nil} {
		var got []store.Substitution
		filter := store.SubstitutionFilter{Person: person, PageRequest: store.PageRequest{Limit: 2}}
		for {
			page := must[store.Page[store.Substitution]](t)(s.ListSubstitutions(t.Context(), filter))
			got = append(got, page.Items...)
			if filter.Cursor = page.Next; page.Next == "" {
				break
			}
		}
		same(t, "substitutions of "+person, want, got)
	}
	if _, err := s.ListSubstitutions(t.Context(), store.SubstitutionFilter{PageRequest: store.PageRequest{Cursor: "x"}}); !errors.Is(err, store.ErrCursor) {
		t.Errorf("a cursor that is none: %v", err)
	}
}
