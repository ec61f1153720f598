package storetest

import (
	"context"
	"errors"
	"testing"

	"hejnal/store"
)

// signalled waits for the signal of a commit with entries.
func signalled(t *testing.T, database Database) {
	s := database.Open(t)
	for i := range 3 {
		commit(t, s, store.Change{Entries: []store.Entry{admin(i)}})
		select {
		case <-s.Committed():
		case <-t.Context().Done():
			t.Fatal("no signal came")
		}
	}
	for i := range 100 {
		commit(t, s, store.Change{Entries: []store.Entry{admin(i)}})
	}
}

// cancelled commits with a context that has ended: nothing is written.
func cancelled(t *testing.T, database Database) {
	s := database.Open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Commit(ctx, store.Change{At: noon, Entries: []store.Entry{admin(1)}}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	commit(t, s, store.Change{Entries: []store.Entry{admin(2)}})
	same(t, "head", 1, must[int64](t)(s.Head(t.Context())))
	if err := s.Health(t.Context()); err != nil {
		t.Errorf("health: %v", err)
	}
}
