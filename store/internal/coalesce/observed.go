package coalesce

import (
	"context"
	"errors"
	"time"

	"hejnal/store"
)

// Observed is commit, with the observer told of each group that holds changes. The function change gives the trace of an
// item, and reports false for one that is no change. Where nobody observes it is commit itself.
func Observed[T any](observer store.Observer, change func(T) (trace string, is bool), commit func(context.Context, []T) []error) func(context.Context, []T) []error {
	if observer.Group == nil {
		return commit
	}
	return func(ctx context.Context, items []T) []error {
		begun := time.Now()
		answers := commit(ctx, items)
		group := store.Group{Begun: begun, Took: time.Since(begun)}
		for i, item := range items {
			trace, is := change(item)
			if !is {
				continue
			}
			group.Changes++
			if trace != "" {
				group.Traces = append(group.Traces, trace)
			}
			if group.Failed == nil && !refused(answers[i]) {
				group.Failed = answers[i]
			}
		}
		if group.Changes > 0 {
			observer.Group(group)
		}
		return answers
	}
}

// refused reports whether an answer is nil, or a refusal of its change alone.
func refused(err error) bool {
	return err == nil || errors.Is(err, store.ErrStale) || errors.Is(err, store.ErrExists) || errors.Is(err, store.ErrKeyUsed)
}
