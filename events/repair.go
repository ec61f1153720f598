package events

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

const (
	makeAttempts                        = 40 // to make a stream that was deleted, a quick poll apart
	codeStoreFailed jetstream.ErrorCode = 10049
)

// Repair deletes the stream, makes it anew and fills it from its first
// position; see Replay.
func (r *Relay) Repair(ctx context.Context) error { return r.Replay(ctx, r.first()) }

// Replay deletes the stream, makes it anew so that it begins with position
// from, and publishes everything from there on; id, subject, sequence and bytes
// of every event come out the same. Durable consumers are made again and go on
// after what they had acknowledged, also when ctx ends before they are made;
// only when the process is killed by then do they begin with the stream. Other
// consumers are gone. It may run in another process than the leader's: who comes
// second to a position loses by the expected sequence and reads on. It returns
// when the stream has caught up with the head.
func (r *Relay) Replay(ctx context.Context, from int64) error { return r.replay(ctx, from, 0) }

// Mend is Replay from the first position for a stream that is damaged from a
// sequence on. Durable consumers may have passed over what could not be read, so
// they go on with that sequence where they had acknowledged later ones.
func (r *Relay) Mend(ctx context.Context, damaged int64) error {
	return r.replay(ctx, r.first(), damaged)
}

// first is the position that the stream begins with.
func (r *Relay) first() int64 { return max(1, r.opts.Stream.First) }

func (r *Relay) replay(ctx context.Context, from, damaged int64) error {
	head, err := r.opts.Feed.Head(ctx)
	if err != nil {
		return fmt.Errorf("replay %s: read the feed's head: %w", r.opts.Stream.Name, err)
	}
	if from < 1 || from > head+1 {
		return fmt.Errorf("replay %s: position %d lies outside 1 to %d", r.opts.Stream.Name, from, head+1)
	}
	if err := r.remake(ctx, from, damaged); err != nil {
		return fmt.Errorf("replay %s from %d: %w", r.opts.Stream.Name, from, err)
	}
	if err := r.catchUp(ctx); err != nil {
		return fmt.Errorf("replay %s from %d: %w", r.opts.Stream.Name, from, err)
	}
	return nil
}

// CatchUp publishes what waits, beside a leader or without one. A stream that
// does not take it is made anew. It returns when the stream holds the head.
func (r *Relay) CatchUp(ctx context.Context) error {
	if err := r.catchUp(ctx); err != nil {
		return fmt.Errorf("catch up in %s: %w", r.opts.Stream.Name, err)
	}
	return nil
}

func (r *Relay) catchUp(ctx context.Context) error {
	for {
		more, err := r.step(ctx, true)
		switch {
		case err != nil && !isConflict(err):
			return err
		case err != nil:
			r.rest(ctx, quickPoll)
		case !more && r.Status().Lag == 0:
			return nil
		}
	}
}

func (r *Relay) remake(ctx context.Context, from, damaged int64) error {
	if err := r.begin(ctx); err != nil {
		return err
	}
	defer r.end()
	return r.makeAnew(ctx, from, damaged)
}

// makeAnew deletes the stream and makes it again with its durable consumers,
// which go on with damaged at the latest, where it is not 0, and with the first
// sequence that the stream lacks. What is begun is finished when ctx ends: until
// then nobody else knows the consumers' places. The caller has the turn.
func (r *Relay) makeAnew(ctx context.Context, from, damaged int64) error {
	r.last = -1
	if err := r.remember(ctx, damaged); err != nil {
		return err
	}
	call, cancel := context.WithTimeout(context.WithoutCancel(ctx), remadeTimeout)
	defer cancel()
	if err := r.makeStream(call, from, 0); err != nil {
		return err
	}
	return r.restore(call, from)
}

// lacks is the first sequence that the stream should hold and knows that it does
// not, 0 when there is none.
func (r *Relay) lacks(ctx context.Context) (int64, error) {
	stream, err := r.js.Stream(ctx, r.opts.Stream.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("look at the stream: %w", err)
	}
	info := stream.CachedInfo()
	if limited(info.Config) {
		return 0, nil
	}
	if first := max(1, info.Config.FirstSeq); info.State.FirstSeq > first {
		return int64(first), nil
	}
	gone, err := deleted(ctx, stream)
	if err != nil || len(gone) == 0 {
		return 0, err
	}
	return int64(gone[0]), nil
}

// makeStream deletes the stream and makes it again, empty, with what the
// operator chose for it. An epoch of 0 is that which it has. The caller has the turn.
func (r *Relay) makeStream(call context.Context, from, epoch int64) error {
	r.last = -1
	fresh := r.opts.Stream
	fresh.First = from
	before, err := r.js.Stream(call, fresh.Name)
	switch {
	case err == nil:
		fresh.before = before.CachedInfo()
	case !errors.Is(err, jetstream.ErrStreamNotFound):
		return fmt.Errorf("look at the stream: %w", err)
	}
	fresh.epoch = epoch
	if err := r.js.DeleteStream(call, fresh.Name); err != nil && !errors.Is(err, jetstream.ErrStreamNotFound) {
		return fmt.Errorf("delete the stream: %w", err)
	}
	info, made, err := r.makeDeleted(call, fresh)
	if err != nil {
		return err
	}
	r.remade(made)
	if info.State.Msgs == 0 && int64(info.Config.FirstSeq) != from {
		return fmt.Errorf("another process made the stream at the same time, beginning with %d", info.Config.FirstSeq)
	}
	return nil
}

// makeDeleted makes a stream that was deleted a moment ago. The server may
// still be busy with its old files, and refuse for so long.
func (r *Relay) makeDeleted(ctx context.Context, fresh Stream) (info *jetstream.StreamInfo, made bool, err error) {
	for attempt := 1; ; attempt++ {
		info, made, err = fresh.ensure(ctx, r.js)
		var busy *jetstream.APIError
		if !errors.As(err, &busy) || busy.ErrorCode != codeStoreFailed || attempt == makeAttempts {
			return info, made, err
		}
		r.rest(ctx, quickPoll)
	}
}
