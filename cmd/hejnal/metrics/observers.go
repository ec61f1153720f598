package metrics

import (
	"context"
	"errors"

	"hejnal/cmd/hejnal/engine"
	"hejnal/store"
	"hejnal/workflow"
)

// Asked counts a transition that was asked for; form and transition are "" where no definition knows them.
func (m *Metrics) Asked(form, transition string, refused error) {
	m.transitions.WithLabelValues(orUnknown(form), orUnknown(transition), Outcome(refused)).Inc()
}

// Repeated counts a decision that is made again.
func (m *Metrics) Repeated() { m.repeated.Inc() }

// Group counts a commit group.
func (m *Metrics) Group(group store.Group) {
	m.changes.Observe(float64(group.Changes))
	m.took.Observe(group.Took.Seconds())
	if group.Failed != nil {
		m.failures.Inc()
	}
}

// Retried counts a statement that is tried again.
func (m *Metrics) Retried() { m.retries.Inc() }

func orUnknown(label string) string {
	if label == "" {
		return unknown
	}
	return label
}

// Outcomes are the values that Outcome has.
var Outcomes = []string{
	"accepted", string(workflow.Unknown), string(workflow.Forbidden), string(workflow.NotHere), string(workflow.Invalid), string(workflow.Blocked),
	"stale", "key_used", "lost_race", "not_found", "unavailable", "error",
}

// Outcome says in one word what came of a transition that was asked for.
func Outcome(refused error) string {
	var refusal *workflow.Refusal
	var moved *engine.MovedError
	switch {
	case refused == nil:
		return "accepted"
	case errors.As(refused, &refusal):
		return string(refusal.Kind)
	case errors.As(refused, &moved):
		return "stale"
	}
	for _, known := range []struct {
		err  error
		word string
	}{
		{store.ErrKeyUsed, "key_used"},
		{store.ErrStale, "lost_race"},
		{store.ErrNotFound, "not_found"},
		{store.ErrUnavailable, "unavailable"},
		{store.ErrClosed, "unavailable"},
		{context.Canceled, "unavailable"},
		{context.DeadlineExceeded, "unavailable"},
	} {
		if errors.Is(refused, known.err) {
			return known.word
		}
	}
	return "error"
}
