package events

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// Repair deletes the stream, makes it anew and fills it from its first
// position; see Replay.
func (r *Relay) Repair(ctx context.Context) error { return r.Replay(ctx, max(1, r.opts.Stream.First)) }

// Replay deletes the stream, makes it anew so that it begins with position
// from, and publishes everything from there on; id, subject, sequence and bytes
// of every event come out the same. Consumers of the stream go with it. It may
// run in another process than the leader's: who comes second to a position
// loses by the expected sequence and reads on. It returns when the stream has
// caught up with the head.
func (r *Relay) Replay(ctx context.Context, from int64) error {
	head, err := r.opts.Feed.Head(ctx)
	if err != nil {
		return fmt.Errorf("replay %s: read the feed's head: %w", r.opts.Stream.Name, err)
	}
	if from < 1 || from > head+1 {
		return fmt.Errorf("replay %s: position %d lies outside 1 to %d", r.opts.Stream.Name, from, head+1)
	}
	if err := r.remake(ctx, from); err != nil {
		return fmt.Errorf("replay %s from %d: %w", r.opts.Stream.Name, from, err)
	}
	for {
		more, err := r.step(ctx, true)
		if err != nil && !isConflict(err) {
			return fmt.Errorf("replay %s from %d: %w", r.opts.Stream.Name, from, err)
		}
		if status := r.Status(); !more && err == nil && status.Lag == 0 {
			return nil
		}
	}
}

func (r *Relay) remake(ctx context.Context, from int64) error {
	if err := r.begin(ctx); err != nil {
		return err
	}
	defer r.end()
	r.last = -1
	call, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if err := r.js.DeleteStream(call, r.opts.Stream.Name); err != nil && !errors.Is(err, jetstream.ErrStreamNotFound) {
		return fmt.Errorf("delete the stream: %w", err)
	}
	fresh := r.opts.Stream
	fresh.First = from
	info, err := fresh.ensure(call, r.js)
	if err != nil {
		return err
	}
	if info.State.Msgs == 0 && int64(info.Config.FirstSeq) != from {
		return fmt.Errorf("another process made the stream at the same time, beginning with %d", info.Config.FirstSeq)
	}
	return nil
}
