package events

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// AheadError says that the stream holds more than the store: somebody else
// published into it, or the store came back from an older backup.
type AheadError struct {
	Stream     string
	Last, Head int64
}

// Error says by how much and what the choice is.
func (e *AheadError) Error() string {
	return fmt.Sprintf("stream %s has sequence %d and the store only position %d: somebody else published, or an older backup was restored; nothing is published until hejnal events repair --new-epoch",
		e.Stream, e.Last, e.Head)
}

// OversizeError says that an event cannot be sent because of its size.
type OversizeError struct {
	Pos         int64
	Size, Limit int64 // bytes
}

// Error names the event and both sizes.
func (e *OversizeError) Error() string {
	return fmt.Sprintf("event %d takes %d bytes and the NATS server accepts %d: raise max_payload", e.Pos, e.Size, e.Limit)
}

// step publishes one portion; more says that another one waits. With check the
// stream is looked at first, else only when its last sequence is not known.
func (r *Relay) step(ctx context.Context, check bool) (more bool, err error) {
	if err := r.begin(ctx); err != nil {
		return false, err
	}
	defer r.end()
	if check || r.last < 0 {
		err := r.mendStall(ctx)
		if err == nil {
			err = r.compare(ctx)
		}
		if err != nil {
			r.last = -1
			return false, err
		}
	}
	return r.portion(ctx)
}

// portion publishes what follows r.last.
func (r *Relay) portion(ctx context.Context) (more bool, err error) {
	messages, err := r.opts.Feed.After(ctx, r.last, readLimit)
	if err != nil {
		return false, fmt.Errorf("read the feed after %d: %w", r.last, err)
	}
	if len(messages) == 0 {
		r.board.write(func(s *Status) { s.Last, s.Head, s.Untaken = r.last, max(s.Head, r.last), 0; s.settle() })
		return false, nil
	}
	for i, m := range messages {
		if want := r.last + int64(i) + 1; m.Pos != want {
			return false, fmt.Errorf("read the feed: position %d stands where %d belongs", m.Pos, want)
		}
	}
	end := messages[len(messages)-1].Pos
	r.board.write(func(s *Status) {
		s.Last, s.Head = r.last, max(s.Head, end)
		if s.State == StateHealthy || s.State == StateStandby {
			s.State = StateBehind
		}
	})
	begun := time.Now()
	done, err := r.publish(ctx, messages)
	if err != nil {
		if isConflict(err) {
			err = r.vain(err)
		} else {
			r.untaken()
			err = r.refused(ctx, messages, err)
		}
		r.last = -1
		return false, err
	}
	published := messages[:done-r.last]
	r.last, r.stall = done, stall{}
	r.board.write(func(s *Status) { s.Last, s.Untaken = done, 0; s.Published += int64(len(published)); s.settle() })
	if r.opts.Published != nil {
		r.opts.Published(published, begun)
	}
	return done == end && len(messages) == readLimit || done < end, nil
}

// settle names the state of a relay without errors.
func (s *Status) settle() {
	s.LastError = ""
	switch {
	case s.Head > s.Last:
		s.State = StateBehind
	case s.Gaps > 0:
		s.State = StateHoles
		s.LastError = fmt.Sprintf("%d messages are missing inside the stream: repair it", s.Gaps)
	default:
		s.State = StateHealthy
	}
}

// compare reads the stream's end, makes the stream when it is gone, and holds
// it against the store.
func (r *Relay) compare(ctx context.Context) error {
	call, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	info, made, err := r.opts.Stream.ensure(call, r.js)
	if err != nil {
		r.untaken()
		return err
	}
	r.tellLimits(info.Config)
	r.remade(made)
	if err := r.consumersAgain(ctx, int64(max(1, info.Config.FirstSeq))); err != nil {
		return err
	}
	last := int64(info.State.LastSeq)
	head, err := r.opts.Feed.Head(ctx) // after the stream, so that it cannot be the older of the two
	if err != nil {
		return fmt.Errorf("read the feed's head: %w", err)
	}
	r.board.write(func(s *Status) { s.Last, s.Head, s.Gaps = last, head, Missing(info) })
	if last > head {
		return &AheadError{Stream: r.opts.Stream.Name, Last: last, Head: head}
	}
	if last == r.last {
		return nil
	}
	if err := r.sameEnd(ctx, last); err != nil {
		return err
	}
	if err := r.number(ctx, info); err != nil {
		return err
	}
	r.last = last
	return nil
}

// sameEnd sees to it that the stream ends with the event that the store has in
// its place, which one that the store was put back behind does not.
func (r *Relay) sameEnd(ctx context.Context, last int64) error {
	if last == 0 {
		return nil
	}
	read, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	messages, err := r.opts.Feed.After(read, last-1, 1)
	if err != nil {
		return fmt.Errorf("read the feed after %d: %w", last-1, err)
	}
	call, cancel := context.WithTimeout(ctx, ackTimeout)
	defer cancel()
	stream, err := r.js.Stream(call, r.opts.Stream.Name)
	if err != nil {
		return fmt.Errorf("look at stream %s: %w", r.opts.Stream.Name, err)
	}
	v := verifier{stream: stream, limited: limited(stream.CachedInfo().Config)}
	for _, m := range messages {
		there, err := v.occupant(call, r.opts.Feed, m)
		if err != nil {
			return err
		}
		if there == occupantAstray || there == occupantForeign {
			return r.mendEnd(ctx, last)
		}
	}
	return nil
}

// untaken counts an attempt that the stream did not take.
func (r *Relay) untaken() { r.board.write(func(s *Status) { s.Untaken++ }) }

// remade notes that the stream was made.
func (r *Relay) remade(made bool) {
	if made {
		r.owed = true
		r.board.write(func(s *Status) { s.Remakes++ })
	}
}

// consumersAgain makes those that were lost with the stream, and calls Remade when it was made anew.
func (r *Relay) consumersAgain(ctx context.Context, from int64) error {
	call, cancel := context.WithTimeout(ctx, remadeTimeout)
	defer cancel()
	if err := r.restore(call, from); err != nil {
		return err
	}
	if r.owed && r.opts.Remade != nil {
		if err := r.opts.Remade(call); err != nil {
			return fmt.Errorf("stream %s was made anew: %w", r.opts.Stream.Name, err)
		}
	}
	r.owed = false
	return nil
}

// look reads both ends and changes nothing.
func (r *Relay) look(ctx context.Context) (last, head int64, err error) {
	call, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	stream, err := r.js.Stream(call, r.opts.Stream.Name)
	switch {
	case errors.Is(err, jetstream.ErrStreamNotFound):
	case err != nil:
		return 0, 0, fmt.Errorf("look at stream %s: %w", r.opts.Stream.Name, err)
	default:
		last = int64(stream.CachedInfo().State.LastSeq)
	}
	head, err = r.opts.Feed.Head(call)
	if err != nil {
		return 0, 0, fmt.Errorf("read the feed's head: %w", err)
	}
	return last, head, nil
}
