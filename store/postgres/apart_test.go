package postgres_test

import (
	"slices"
	"testing"

	"hejnal/store"
	"hejnal/store/postgres"
	"hejnal/workflow"
)

func TestWhatRestsOnAnotherOfItsGroupWaits(t *testing.T) {
	opens := func(id string) store.Change {
		return store.Change{Cases: []store.CaseWrite{{Proposal: workflow.Proposal{ID: id}}}}
	}
	reads := func(scope string) store.Change { return store.Change{Scopes: []store.ScopeRead{{Scope: scope}}} }
	holds := func(scope string) store.Change {
		return store.Change{Holds: []store.HoldWrite{{Scope: scope, Label: "l"}}}
	}
	both := func(read, held string) store.Change {
		return store.Change{Scopes: reads(read).Scopes, Holds: holds(held).Holds}
	}
	keyed := func(key string) store.Change { return store.Change{Key: &store.Key{User: "u", Key: key}} }
	for _, test := range []struct {
		name     string
		changes  []store.Change
		together []int
	}{
		{"different cases", []store.Change{opens("a"), opens("b")}, []int{0, 1}},
		{"one case", []store.Change{opens("a"), opens("b"), opens("a")}, []int{0, 1}},
		{"one key", []store.Change{keyed("a"), keyed("a"), keyed("b")}, []int{0, 2}},
		{"a scope that is read", []store.Change{reads("s"), reads("s")}, []int{0, 1}},
		{"a scope that is written once it was read", []store.Change{reads("s"), holds("s")}, []int{0}},
		{"a scope that is read once it was written", []store.Change{holds("s"), reads("s")}, []int{0}},
		{"a scope that is written twice", []store.Change{holds("s"), holds("s")}, []int{0}},
		{"each reads what the other writes", []store.Change{both("s", "t"), both("t", "s")}, []int{0}},
		{"what one reads and writes itself", []store.Change{both("s", "s"), opens("a")}, []int{0, 1}},
		{"what waits claims nothing", []store.Change{holds("s"), both("s", "t"), holds("t")}, []int{0, 2}},
		{"a name of another kind", []store.Change{opens("s"), holds("s"), keyed("s")}, []int{0, 1, 2}},
	} {
		together, rest, err := postgres.Apart(test.changes)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(together, test.together) || len(together)+len(rest) != len(test.changes) {
			t.Errorf("%s: together %v, rest %v, want together %v", test.name, together, rest, test.together)
		}
	}
}
