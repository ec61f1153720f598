package store

import (
	"errors"
	"fmt"
)

// Sentinels of a store; match them with errors.Is.
var (
	ErrNotFound = errors.New("not found")
	ErrClosed   = errors.New("store is closed")
	ErrStale    = errors.New("changed meanwhile") // see StaleError
	ErrKeyUsed  = errors.New("idempotency key already used")
	ErrExists   = errors.New("already exists") // a name that must be unique is taken, see ExistsError
	ErrCursor   = errors.New("cursor not understood")
	// ErrUnavailable says that the store cannot be reached now; whether a commit took effect is then unknown, and its
	// idempotency key tells.
	ErrUnavailable = errors.New("store cannot be reached")
	// ErrFull says that there is no room to write; nothing of the change was kept.
	ErrFull = errors.New("no room to write")
)

// StaleError says which expectation of a change no longer held: What is case, partner, person, task, scope or
// substitution, or the position of the notices.
type StaleError struct {
	What string
	ID   string
}

// Error describes the stale row.
func (e *StaleError) Error() string { return fmt.Sprintf("%s %s: %v", e.What, e.ID, ErrStale) }

// Unwrap returns ErrStale.
func (e *StaleError) Unwrap() error { return ErrStale }

// ExistsError says which unique value is taken: What is case, partner, person, document or subscriber, and ID is the id of
// the row that has it (a subscriber's name).
type ExistsError struct {
	What string
	ID   string
}

// Error describes the row that is in the way.
func (e *ExistsError) Error() string { return fmt.Sprintf("%s %s: %v", e.What, e.ID, ErrExists) }

// Unwrap returns ErrExists.
func (e *ExistsError) Unwrap() error { return ErrExists }
