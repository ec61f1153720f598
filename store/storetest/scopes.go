package storetest

import (
	"errors"
	"testing"

	"hejnal/store"
	"hejnal/workflow"
)

// scopes holds and releases labels, and lets a decision rest on what has changed.
func scopes(t *testing.T, database Database) {
	s := database.Open(t)
	const japan = "country:JP"
	held := func(id string) store.HoldWrite {
		return store.HoldWrite{Scope: japan, Label: "open", ProposalID: id}
	}
	released := held("a")
	released.Release = true
	for i, step := range []struct {
		writes []store.HoldWrite
		want   workflow.Scope
	}{
		{[]store.HoldWrite{held("b")}, workflow.Scope{Version: 1, Holders: []workflow.Holder{{Label: "open", ProposalID: "b"}}}},
		{[]store.HoldWrite{held("a"), held("a")}, workflow.Scope{Version: 3, Holders: []workflow.Holder{{Label: "open", ProposalID: "a"}, {Label: "open", ProposalID: "b"}}}},
		{[]store.HoldWrite{released}, workflow.Scope{Version: 4, Holders: []workflow.Holder{{Label: "open", ProposalID: "b"}}}},
		{[]store.HoldWrite{released}, workflow.Scope{Version: 5, Holders: []workflow.Holder{{Label: "open", ProposalID: "b"}}}},
	} {
		before := must[workflow.Facts](t)(s.Scopes(t.Context(), []string{japan}))[japan].Version
		commit(t, s, store.Change{Scopes: []store.ScopeRead{{Scope: japan, Version: before}}, Holds: step.writes})
		same(t, "scope", workflow.Facts{japan: step.want}, must[workflow.Facts](t)(s.Scopes(t.Context(), []string{japan})))
		if i > 0 {
			rests := store.Change{At: noon, Scopes: []store.ScopeRead{{Scope: japan, Version: before}}, Entries: []store.Entry{admin(i)}}
			_, err := s.Commit(t.Context(), rests)
			var stale *store.StaleError
			if !errors.As(err, &stale) || *stale != (store.StaleError{What: "scope", ID: japan}) {
				t.Errorf("step %d: got %v, want a stale scope", i, err)
			}
		}
	}
	commit(t, s, store.Change{Scopes: []store.ScopeRead{{Scope: "untouched"}, {Scope: japan, Version: 5}}})
}

// scopeRace lets writers of two processes rest on the same scope and write it: the register's rules hang on this.
func scopeRace(t *testing.T, database Database) {
	stores := []store.Store{database.Open(t), database.Open(t)}
	for round := range int64(4) {
		var acts []func() error
		for i := range 12 {
			change := store.Change{
				At: noon, Scopes: []store.ScopeRead{{Scope: "s", Version: round}},
				Holds: []store.HoldWrite{{Scope: "s", Label: "only", ProposalID: newID()}},
			}
			acts = append(acts, func() error {
				_, err := stores[i%2].Commit(t.Context(), change)
				return err
			})
		}
		winners := 0
		for _, err := range together(acts...) {
			if err == nil {
				winners++
			} else if !errors.Is(err, store.ErrStale) {
				t.Errorf("got %v, want ErrStale", err)
			}
		}
		if winners != 1 {
			t.Errorf("%d decisions took hold of one scope", winners)
		}
	}
}
