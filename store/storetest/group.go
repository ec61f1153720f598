package storetest

import (
	"errors"
	"fmt"
	"testing"

	"hejnal/store"
)

// failsAlone mixes good changes with stale and broken ones, so many at once that they share commits.
func failsAlone(t *testing.T, database Database) {
	s := database.Open(t)
	p := opened(t, s, "moved")
	taken := must[[]store.Record](t)(s.After(t.Context(), 0, 1))[0]
	const each = 60
	var acts []func() error
	for i := range each {
		_, stale := next(p)
		stale.Cases[0].Expect = 7
		broken := store.Change{At: noon, Entries: []store.Entry{admin(i)}}
		broken.Entries[0].ID = taken.ID
		for _, change := range []store.Change{opening(proposal(fmt.Sprint("good ", i))), stale, broken} {
			acts = append(acts, func() error {
				_, err := s.Commit(t.Context(), change)
				return err
			})
		}
	}
	for i, err := range together(acts...) {
		switch i % 3 {
		case 0:
			if err != nil {
				t.Errorf("a good change: %v", err)
			}
		case 1:
			if !errors.Is(err, store.ErrStale) {
				t.Errorf("a stale change: %v", err)
			}
		case 2:
			if err == nil || errors.Is(err, store.ErrStale) || errors.Is(err, store.ErrExists) {
				t.Errorf("a change with an event id that is taken: %v", err)
			}
		}
	}
	same(t, "head", each+1, must[int64](t)(s.Head(t.Context())))
	for i, record := range must[[]store.Record](t)(s.After(t.Context(), 0, each+10)) {
		if record.Pos != int64(i+1) {
			t.Fatalf("position %d stands at place %d", record.Pos, i+1)
		}
	}
}
