package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"hejnal/store"
)

// follower reads a journal from the beginning until it has seen so many entries, and finds fault with the first that is
// not the next.
func follower(ctx context.Context, until int64, after func(context.Context, int64, int) ([]store.Record, error), position func(store.Record) int64) error {
	for seen := int64(0); seen < until; {
		records, err := after(ctx, seen, 7)
		if err != nil {
			return err
		}
		for _, record := range records {
			if at := position(record); at != seen+1 {
				return fmt.Errorf("position %d came after %d", at, seen)
			}
			seen++
		}
	}
	return nil
}

// readersSkipNothing follows both journals while writers of the stores commit.
func readersSkipNothing(t *testing.T, stores ...store.Store) {
	t.Helper()
	const writers, changes = 32, 12
	acts := make([]func() error, 0, writers+4)
	for w := range writers {
		acts = append(acts, func() error {
			for i := range changes {
				change := store.Change{At: noon, Entries: []store.Entry{admin(i), admin(i)}}
				change.Entries[1].Public = &store.PublicEntry{ID: newID(), Subject: "s", Text: []byte("{}")}
				if _, err := stores[w%len(stores)].Commit(t.Context(), change); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for i := range 2 {
		s := stores[i%len(stores)]
		acts = append(acts,
			func() error {
				return follower(t.Context(), 2*writers*changes, s.After, func(r store.Record) int64 { return r.Pos })
			},
			func() error {
				return follower(t.Context(), writers*changes, s.PublicAfter, func(r store.Record) int64 { return r.PublicPos })
			})
	}
	for _, err := range together(acts...) {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func readersOfOne(t *testing.T, database Database) { readersSkipNothing(t, database.Open(t)) }

func readersOfTwo(t *testing.T, database Database) {
	readersSkipNothing(t, database.Open(t), database.Open(t))
}

// openAtOnce opens an empty database from several processes at once.
func openAtOnce(t *testing.T, database Database) {
	var opening sync.WaitGroup
	stores := make([]store.Store, 4)
	for i := range stores {
		opening.Go(func() { stores[i] = database.Open(t) })
	}
	opening.Wait()
	for i, s := range stores {
		if s == nil {
			t.Fatal("a store was not opened")
		}
		same(t, "first position", int64(i+1), commit(t, s, store.Change{Entries: []store.Entry{admin(i)}}).FirstPos)
	}
}
