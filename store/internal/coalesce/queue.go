// Package coalesce lets the writes of many callers share one commit ([Queue]), and their reads one question ([Lookup]). There
// is no timer: while a group is on its way the next one gathers, so that a lone caller never waits and many share the cost.
package coalesce

import (
	"context"
	"runtime"
	"sync/atomic"
)

// Queue hands what waits to a commit function, one group at a time.
type Queue[T any] struct {
	waiting chan *request[T]
	limit   int
	commit  func(context.Context, []T) []error
	done    chan struct{}
	yields  bool // lets run whoever is ready to, and perhaps to ask, before it gathers
}

type request[T any] struct {
	ctx     context.Context //nolint:containedctx // it belongs to the call that waits for this request
	item    T
	claimed atomic.Bool
	answer  chan error
}

// Start returns a running queue whose groups hold at most limit items. The function commit answers with one error per
// item, in order; it gets a context that is never cancelled but carries the values of the first caller's.
func Start[T any](limit int, commit func(context.Context, []T) []error) *Queue[T] {
	return start(limit, false, commit)
}

func start[T any](limit int, yields bool, commit func(context.Context, []T) []error) *Queue[T] {
	queue := &Queue[T]{waiting: make(chan *request[T], limit), limit: limit, commit: commit, done: make(chan struct{}), yields: yields}
	go queue.run()
	return queue
}

// Do waits until the item's group is committed and returns the item's own error. An item whose context ends before its
// group begins is not committed; afterwards the outcome is awaited, so that it is always known.
func (q *Queue[T]) Do(ctx context.Context, item T) error {
	asked := &request[T]{ctx: ctx, item: item, answer: make(chan error, 1)}
	select {
	case q.waiting <- asked:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-asked.answer:
		return err
	case <-ctx.Done():
		if asked.claimed.CompareAndSwap(false, true) {
			return ctx.Err()
		}
		return <-asked.answer
	}
}

// Close ends the queue after what waits has been committed. Nobody may call Do any more.
func (q *Queue[T]) Close() {
	close(q.waiting)
	<-q.done
}

func (q *Queue[T]) run() {
	defer close(q.done)
	for first := range q.waiting {
		if q.yields {
			runtime.Gosched()
		}
		if group := q.gather(first); len(group) > 0 {
			q.answer(group)
		}
	}
}

// gather claims the first request and whatever else waits.
func (q *Queue[T]) gather(first *request[T]) []*request[T] {
	var group []*request[T]
	next := first
	for {
		if next.ctx.Err() == nil && next.claimed.CompareAndSwap(false, true) {
			group = append(group, next)
		} else if next.claimed.CompareAndSwap(false, true) {
			next.answer <- next.ctx.Err()
		}
		if len(group) == q.limit {
			return group
		}
		select {
		case waiting, open := <-q.waiting:
			if !open {
				return group
			}
			next = waiting
		default:
			return group
		}
	}
}

func (q *Queue[T]) answer(group []*request[T]) {
	items := make([]T, len(group))
	for i, asked := range group {
		items[i] = asked.item
	}
	for i, err := range q.commit(context.WithoutCancel(group[0].ctx), items) {
		group[i].answer <- err
	}
}
