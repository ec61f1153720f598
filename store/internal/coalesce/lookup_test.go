package coalesce_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"hejnal/store/internal/coalesce"
)

func TestWhoLooksWhileAQuestionIsOnItsWayIsAskedForTogether(t *testing.T) {
	var asked [][]string
	begun, finish := make(chan struct{}, 8), make(chan struct{})
	lookup := coalesce.StartLookup(8, func(_ context.Context, keys []string) (map[string]coalesce.Found[int], error) {
		asked = append(asked, slices.Sorted(slices.Values(keys)))
		begun <- struct{}{}
		<-finish
		return map[string]coalesce.Found[int]{"a": coalesce.Of(1, nil), "b": coalesce.Of(2, nil)}, nil
	})
	var waiting sync.WaitGroup
	find := func(key string, want int, known bool) {
		waiting.Go(func() {
			if got, ok, err := lookup.Find(t.Context(), key); got != want || ok != known || err != nil {
				t.Errorf("%s is %d, %v, %v", key, got, ok, err)
			}
		})
	}
	find("a", 1, true)
	<-begun
	for _, key := range []string{"b", "c", "b"} {
		find(key, map[string]int{"b": 2}[key], key == "b")
	}
	finish <- struct{}{}
	close(finish)
	waiting.Wait()
	lookup.Close()
	if !slices.Equal(asked[0], []string{"a"}) {
		t.Errorf("first was asked for %v", asked[0])
	}
	for _, keys := range asked[1:] {
		if len(slices.Compact(slices.Clone(keys))) != len(keys) {
			t.Errorf("something was asked for twice in %v", keys)
		}
	}
}

func TestAFailedQuestionFailsForAllWhoAsked(t *testing.T) {
	failed := errors.New("away")
	lookup := coalesce.StartLookup(2, func(context.Context, []int) (map[int]coalesce.Found[int], error) { return nil, failed })
	defer lookup.Close()
	if _, known, err := lookup.Find(t.Context(), 1); known || !errors.Is(err, failed) {
		t.Errorf("got %v, %v", known, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := lookup.Find(ended, 1); !errors.Is(err, context.Canceled) && !errors.Is(err, failed) {
		t.Errorf("who has gone gets %v", err)
	}
}

func TestWhatIsWrongWithOneFailsForWhoAskedForIt(t *testing.T) {
	damaged := errors.New("damaged")
	begun, finish := make(chan struct{}, 8), make(chan struct{})
	lookup := coalesce.StartLookup(8, func(context.Context, []string) (map[string]coalesce.Found[int], error) {
		begun <- struct{}{}
		<-finish
		return map[string]coalesce.Found[int]{"a": coalesce.Of(1, nil), "b": coalesce.Of(0, damaged)}, nil
	})
	defer lookup.Close()
	var waiting sync.WaitGroup
	for _, key := range []string{"a", "b", "a", "b"} {
		waiting.Go(func() {
			want := map[string]error{"b": damaged}[key]
			if _, known, err := lookup.Find(t.Context(), key); !known || !errors.Is(err, want) {
				t.Errorf("%s: got %v, %v", key, known, err)
			}
		})
	}
	<-begun
	close(finish)
	waiting.Wait()
}
