package engine

import (
	"context"
	"errors"

	"hejnal/store"
	"hejnal/workflow"
)

// What comes of a change that was asked for, in one word. A refusal of the core has the word of its kind.
const (
	OutcomeAccepted    = "accepted"
	OutcomeStale       = "stale"    // the caller had seen an older version
	OutcomeKeyUsed     = "key_used" // its idempotency key was used at the same time
	OutcomeLostRace    = "lost_race"
	OutcomeNotFound    = "not_found"
	OutcomeNoRoom      = "no_room"     // on the disk
	OutcomeUnavailable = "unavailable" // the store cannot be reached, or nobody waits any more
	OutcomeError       = "error"
)

// Outcome says in one word what came of a change, by why it was refused; nil is accepted.
func Outcome(refused error) string {
	var refusal *workflow.Refusal
	var moved *MovedError
	var partner *StalePartnerError
	switch {
	case refused == nil:
		return OutcomeAccepted
	case errors.As(refused, &refusal):
		return string(refusal.Kind)
	case errors.As(refused, &moved), errors.As(refused, &partner):
		return OutcomeStale
	}
	for _, known := range []struct {
		err  error
		word string
	}{
		{store.ErrKeyUsed, OutcomeKeyUsed},
		{store.ErrStale, OutcomeLostRace},
		{store.ErrNotFound, OutcomeNotFound},
		{store.ErrFull, OutcomeNoRoom},
		{store.ErrUnavailable, OutcomeUnavailable},
		{store.ErrClosed, OutcomeUnavailable},
		{context.Canceled, OutcomeUnavailable},
		{context.DeadlineExceeded, OutcomeUnavailable},
	} {
		if errors.Is(refused, known.err) {
			return known.word
		}
	}
	return OutcomeError
}
