package coalesce

import "context"

// Lookup finds things by their keys for many callers at once: while one question is on its way, the next ones gather and
// are asked together. Those whom a commit has answered together look for something together, too, so that a question waits for
// whoever is ready to run. Nothing is kept; what is found was read after it was asked for.
type Lookup[K comparable, V any] struct {
	queue *Queue[*question[K, V]]
}

type question[K comparable, V any] struct {
	key   K
	found Found[V]
	known bool
}

// Found is what stands under a key, or why that cannot be told. What is wrong with one is no concern of those who asked for others.
type Found[V any] struct {
	Value V
	Err   error
}

// Of is what was found, or why it cannot be told.
func Of[V any](value V, err error) Found[V] { return Found[V]{Value: value, Err: err} }

// StartLookup returns a running lookup that asks for at most limit keys together. The function find answers with what it
// finds, by key; it gets a context that is never cancelled.
func StartLookup[K comparable, V any](limit int, find func(context.Context, []K) (map[K]Found[V], error)) *Lookup[K, V] {
	return &Lookup[K, V]{queue: start(limit, true, func(ctx context.Context, asked []*question[K, V]) []error {
		errs := make([]error, len(asked))
		found, err := find(ctx, keys(asked))
		for i, each := range asked {
			each.found, each.known = found[each.key]
			errs[i] = err
		}
		return errs
	})}
}

func keys[K comparable, V any](asked []*question[K, V]) []K {
	distinct := make([]K, 0, len(asked))
	seen := make(map[K]bool, len(asked))
	for _, each := range asked {
		if !seen[each.key] {
			seen[each.key] = true
			distinct = append(distinct, each.key)
		}
	}
	return distinct
}

// Find returns what stands under the key, and false where nothing does. Callers who look for the same thing together share
// it and must not change it.
func (l *Lookup[K, V]) Find(ctx context.Context, key K) (V, bool, error) {
	asked := &question[K, V]{key: key}
	err := l.queue.Do(ctx, asked)
	if err != nil {
		var none V
		return none, false, err
	}
	return asked.found.Value, asked.known, asked.found.Err
}

// Close ends the lookup after what waits has been answered. Nobody may call Find any more.
func (l *Lookup[K, V]) Close() { l.queue.Close() }
