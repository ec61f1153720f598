package coalesce_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"hejnal/store/internal/coalesce"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// bench is a queue whose groups wait until the test lets them go.
type bench struct {
	queue  *coalesce.Queue[int]
	begun  chan []int
	finish chan struct{}
}

func start(t *testing.T, limit int) *bench {
	t.Helper()
	b := &bench{begun: make(chan []int), finish: make(chan struct{})}
	b.queue = coalesce.Start(limit, func(_ context.Context, items []int) []error {
		b.begun <- slices.Clone(items)
		<-b.finish
		answers := make([]error, len(items))
		for i, item := range items {
			if item < 0 {
				answers[i] = fmt.Errorf("refused %d", item)
			}
		}
		return answers
	})
	return b
}

// do hands in an item and answers what becomes of it.
func (b *bench) do(ctx context.Context, item int) <-chan error {
	answer := make(chan error, 1)
	go func() { answer <- b.queue.Do(ctx, item) }()
	return answer
}

func TestWhatWaitsSharesAGroupAndEachHasItsOwnAnswer(t *testing.T) {
	b := start(t, 3)
	first := b.do(t.Context(), 0)
	if group := <-b.begun; !slices.Equal(group, []int{0}) {
		t.Errorf("the first group is %v, want nobody waited for", group)
	}
	answers := map[int]<-chan error{}
	for _, item := range []int{1, -2, 3} {
		answers[item] = b.do(t.Context(), item)
	}
	var seen []int
	b.finish <- struct{}{}
	for len(seen) < 3 {
		group := <-b.begun
		if len(group) > 3 {
			t.Errorf("a group of %d, the limit is 3", len(group))
		}
		seen = append(seen, group...)
		b.finish <- struct{}{}
	}
	if err := <-first; err != nil {
		t.Error(err)
	}
	for item, answer := range answers {
		if err := <-answer; (err != nil) != (item < 0) {
			t.Errorf("%d: %v", item, err)
		}
	}
	b.queue.Close()
}

func TestAnItemThatNobodyWaitsForIsNotCommitted(t *testing.T) {
	b := start(t, 8)
	first := b.do(t.Context(), 1)
	<-b.begun
	ctx, cancel := context.WithCancel(t.Context())
	second := b.do(ctx, 2)
	cancel()
	if err := <-second; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	third := b.do(t.Context(), 3)
	b.finish <- struct{}{}
	if group := <-b.begun; slices.Contains(group, 2) {
		t.Errorf("the group %v holds what nobody waits for", group)
	}
	b.finish <- struct{}{}
	if err := errors.Join(<-first, <-third); err != nil {
		t.Error(err)
	}
	b.queue.Close()
}

func TestTheOutcomeOfABegunGroupIsAwaited(t *testing.T) {
	b := start(t, 8)
	ctx, cancel := context.WithCancel(t.Context())
	answer := b.do(ctx, 1)
	<-b.begun
	cancel()
	b.finish <- struct{}{}
	if err := <-answer; err != nil {
		t.Errorf("a committed item was told %v", err)
	}
	b.queue.Close()
}

func TestManyCallersAreEachAnsweredOnce(t *testing.T) {
	var mutex sync.Mutex
	committed := map[int]int{}
	queue := coalesce.Start(7, func(_ context.Context, items []int) []error {
		mutex.Lock()
		defer mutex.Unlock()
		for _, item := range items {
			committed[item]++
		}
		return make([]error, len(items))
	})
	var callers sync.WaitGroup
	for item := range 500 {
		callers.Go(func() {
			if err := queue.Do(t.Context(), item); err != nil {
				t.Error(err)
			}
		})
	}
	callers.Wait()
	queue.Close()
	for item := range 500 {
		if committed[item] != 1 {
			t.Errorf("%d was committed %d times", item, committed[item])
		}
	}
}
