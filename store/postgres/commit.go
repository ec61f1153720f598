package postgres

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"

	"hejnal/store"
)

// commit is a change that waits for its group, and what became of it.
type commit struct {
	change store.Change
	move   *move // nil when it is more than a move
	done   store.Committed
}

func traceOf(c *commit) (trace string, is bool) { return c.change.Trace, true }

// Commit commits the change together with whatever else waits.
func (s *Store) Commit(ctx context.Context, change store.Change) (store.Committed, error) {
	if err := s.gate.Enter(); err != nil {
		return store.Committed{}, fmt.Errorf("commit change: %w", err)
	}
	defer s.gate.Leave()
	waiting := &commit{change: change}
	if moves(change) {
		var err error
		if waiting.move, err = encodeMove(change); err != nil {
			return store.Committed{}, fmt.Errorf("commit change: %w", err)
		}
	}
	era := s.held.cases.Era()
	if err := s.queue.Do(ctx, waiting); err != nil {
		return store.Committed{}, fmt.Errorf("commit change: %w", err)
	}
	s.held.wrote(era, change)
	return waiting.done, nil
}

// commitAll commits a group in as few statements as it takes: what moves, then the rest. A key may stand in a statement
// but once, and when the database finds fault with one change of the rest, each goes alone.
func (s *Store) commitAll(ctx context.Context, group []*commit) []error {
	ctx, cancel := context.WithTimeout(ctx, s.longest)
	defer cancel()
	answers := make([]error, len(group))
	together, waiting := apart(group)
	if len(together) > 0 && !s.move(ctx, group, together, answers) {
		waiting = append(together, waiting...)
	}
	for len(waiting) > 0 {
		var now []int
		now, waiting = distinct(group, waiting)
		s.commitSome(ctx, group, now, answers)
	}
	s.told(group, answers)
	return answers
}

// told tells of what was committed, where that has entries.
func (s *Store) told(group []*commit, answers []error) {
	var durable []store.Durable
	for i, one := range group {
		if answers[i] == nil && len(one.change.Entries) > 0 {
			durable = append(durable, store.Durable{At: one.change.At, Entries: one.change.Entries, FirstPos: one.done.FirstPos})
		}
	}
	if len(durable) == 0 {
		return
	}
	if s.observer.Durable != nil {
		slices.SortFunc(durable, func(a, b store.Durable) int { return cmp.Compare(a.FirstPos, b.FirstPos) })
		s.observer.Durable(durable)
	}
	s.signal()
	s.news.spread()
}

// distinct splits off the changes whose key an earlier one has.
func distinct(group []*commit, places []int) (first, rest []int) {
	type name struct{ user, method, path, key string }
	seen := map[name]bool{}
	for _, i := range places {
		if key := group[i].change.Key; key != nil {
			id := name{key.User, key.Method, key.Path, key.Key}
			if seen[id] {
				rest = append(rest, i)
				continue
			}
			seen[id] = true
		}
		first = append(first, i)
	}
	return first, rest
}

// commitSome commits the changes at the places and sets their answers.
func (s *Store) commitSome(ctx context.Context, group []*commit, places []int, answers []error) {
	err := s.statement(ctx, group, places, answers)
	var fault *pgconn.PgError
	if errors.As(err, &fault) && len(places) > 1 {
		for _, i := range places {
			s.commitSome(ctx, group, []int{i}, answers)
		}
		return
	}
	if err != nil {
		for _, i := range places {
			answers[i] = away(err)
		}
	}
}

// statement commits the changes at the places by one statement, but for one that cannot be encoded.
func (s *Store) statement(ctx context.Context, group []*commit, places []int, answers []error) error {
	var parts blobs
	documents := make([]document, 0, len(places))
	encoded := make([]int, 0, len(places))
	wanted := noLocks()
	for _, i := range places {
		made, err := parts.encode(group[i].change)
		if err != nil {
			answers[i] = err
			continue
		}
		documents, encoded = append(documents, made), append(encoded, i)
		wanted.add(group[i].change)
	}
	if len(encoded) == 0 {
		return nil
	}
	text, err := json.Marshal(documents)
	if err != nil {
		return fmt.Errorf("encode changes: %w", err)
	}
	return s.again(ctx, func() error {
		outcomes, err := s.commitGroup(ctx, string(text), parts, wanted)
		if err != nil {
			return err
		}
		for _, outcome := range outcomes {
			i := encoded[outcome.place]
			group[i].done, answers[i] = store.Committed{FirstPos: outcome.firstPos}, outcome.refused()
		}
		return nil
	})
}
