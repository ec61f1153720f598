package storetest

import (
	"errors"
	"sync"
	"testing"

	"hejnal/store"
	"hejnal/workflow"
)

// together runs the acts at once and returns what each answered, in order.
func together(acts ...func() error) []error {
	answers := make([]error, len(acts))
	var running sync.WaitGroup
	start := make(chan struct{})
	for i, act := range acts {
		running.Go(func() {
			<-start
			answers[i] = act()
		})
	}
	close(start)
	running.Wait()
	return answers
}

// oneWinner lets writers of two processes move one case on from the same version.
func oneWinner(t *testing.T, database Database) {
	stores := []store.Store{database.Open(t), database.Open(t)}
	p := opened(t, stores[0], "contended")
	for range 5 {
		moved, _ := next(p)
		var acts []func() error
		for i := range 16 {
			_, change := next(p)
			acts = append(acts, func() error {
				_, err := stores[i%2].Commit(t.Context(), change)
				return err
			})
		}
		winners := 0
		for _, err := range together(acts...) {
			var stale *store.StaleError
			switch {
			case err == nil:
				winners++
			case !errors.As(err, &stale) || *stale != store.StaleError{What: "case", ID: p.ID}:
				t.Errorf("a loser was told %v", err)
			}
		}
		if winners != 1 {
			t.Fatalf("%d winners", winners)
		}
		p = moved
		same(t, "version", p.Version, must[workflow.Proposal](t)(stores[1].Case(t.Context(), p.ID)).Version)
	}
	same(t, "head", 6, must[int64](t)(stores[1].Head(t.Context())))
}
