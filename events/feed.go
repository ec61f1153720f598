package events

import (
	"context"
	"time"
)

// Message is one event as a feed gives it to a relay.
type Message struct {
	Pos     int64     // gapless, from 1; the sequence in the stream
	ID      string    // the event's id, sent as Nats-Msg-Id
	Subject string    // the NATS subject
	Text    []byte    // the stored text, without the position
	At      time.Time // when it was committed
}

// Feed is the numbered list of committed events that a relay copies.
type Feed interface {
	// Head returns the last committed position, 0 while there is none.
	Head(ctx context.Context) (int64, error)
	// After returns at most limit events that follow pos, in order and without
	// holes; none when pos is the head.
	After(ctx context.Context, pos int64, limit int) ([]Message, error)
}

// Lease lets one process at a time do a named piece of work, by the clock of
// the place that keeps it.
type Lease interface {
	// Acquire takes the lease, or renews it for the holder that has it, for ttl.
	// It answers false while somebody else holds it.
	Acquire(ctx context.Context, name, holder string, ttl time.Duration) (held bool, err error)
	// Release gives the lease up. It does nothing when holder does not have it.
	Release(ctx context.Context, name, holder string) error
}
