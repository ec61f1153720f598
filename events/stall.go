package events

import (
	"context"
	"fmt"
	"time"
)

const (
	stallTold   = 2                      // vain attempts in a row after which the operator is told
	stallMended = 5                      // after which the stream is made anew
	stallApart  = 500 * time.Millisecond // at least, between two that count: a cluster may need a moment
)

// StalledError says that the stream refuses the event that belongs next by its
// own account: what it tells of its end and what it goes by when it takes an
// event are not the same, as after damage to its last file.
type StalledError struct {
	Stream   string
	Last     int64 // what the stream says it ends with, at every attempt
	Attempts int   // in a row
	Cause    error // the answer to the last one
}

// Error says what disagrees and what comes of it.
func (e *StalledError) Error() string {
	return fmt.Sprintf("stream %s says that it ends with %d and refuses %d, %d times in a row: its files are damaged; it is made anew from the store when that goes on: %v",
		e.Stream, e.Last, e.Last+1, e.Attempts, e.Cause)
}

// Unwrap gives the answer of the stream.
func (e *StalledError) Unwrap() error { return e.Cause }

// stall counts attempts to publish that leave the stream where it was.
type stall struct {
	last  int64     // the end of the stream at the last attempt
	at    time.Time // of the last attempt that counted
	count int
}

// vain counts an attempt after last that the stream refused, and answers the
// error to tell of: the stream's own, until it is refused again and again.
func (s *stall) vain(stream string, last int64, err error) error {
	if s.last != last {
		*s = stall{last: last}
	}
	if now := time.Now(); now.Sub(s.at) >= stallApart {
		s.at = now
		s.count++
	}
	if s.count < stallTold {
		return err
	}
	return &StalledError{Stream: stream, Last: last, Attempts: s.count, Cause: err}
}

// vain counts an attempt of the relay that the stream refused.
func (r *Relay) vain(err error) error {
	before := r.stall.count
	err = r.stall.vain(r.opts.Stream.Name, r.last, err)
	if r.stall.count == stallTold && before < stallTold {
		r.board.write(func(s *Status) { s.Stalls++ })
	}
	return err
}

// mendStall makes the stream anew when it has refused often enough. The caller
// has the turn.
func (r *Relay) mendStall(ctx context.Context) error {
	if r.stall.count < stallMended {
		return nil
	}
	last, _, err := r.look(ctx)
	if err != nil {
		return err
	}
	if last != r.stall.last {
		r.stall = stall{}
		return nil
	}
	r.log.Error("the stream is made anew from the store, because it does not take the event that belongs next", "last", r.stall.last, "attempts", r.stall.count)
	if err := r.mend(ctx, 0); err != nil {
		return err
	}
	r.stall = stall{}
	return nil
}

// mendEnd makes a stream anew that ends with another event than the store has
// there, when that is an event of the store which stands in the wrong place, as
// damaged files leave it. It always answers an error: that of a fork, or that
// the stream's end has to be read again. The caller has the turn.
func (r *Relay) mendEnd(ctx context.Context, last int64) error {
	fork, err := FindFork(ctx, r.js, r.opts.Stream.Name, r.opts.Feed)
	if err != nil {
		return err
	}
	if fork.Forked() {
		return &ForkedError{Stream: r.opts.Stream.Name, Last: last}
	}
	r.log.Error("the stream is made anew from the store, because its files are damaged: events of the store stand in the wrong places", "last", last, "common", fork.Common)
	if err := r.mend(ctx, fork.Common+1); err != nil {
		return err
	}
	return fmt.Errorf("%w: the stream was made anew", errOtherSequence)
}

// mend makes a stream anew that is damaged from a sequence on, 0 where that is
// not known.
func (r *Relay) mend(ctx context.Context, damaged int64) error {
	first := r.first()
	if err := r.makeAnew(ctx, first, damaged); err != nil {
		return fmt.Errorf("make stream %s anew: %w", r.opts.Stream.Name, err)
	}
	r.log.Info("the stream was made anew; everything is published again", "first", first)
	return nil
}
