package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"hejnal/cmd/hejnal/installation"
	"hejnal/events"
)

// stateDiffers says that an event of the stream is not as it is in the store, though its numbers are all there.
const stateDiffers events.State = "differs"

// verify compares whole streams with the store, and says of each where it first differs.
func (b outbox) verify(ctx context.Context, found []standing) error {
	feeds := installation.Feeds(b.store)
	for i := range found {
		s := &found[i]
		if s.State == stateMissing {
			continue
		}
		difference, differs, err := events.Verify(ctx, b.js, s.Stream, feeds[s.Stream])
		if err != nil {
			return err
		}
		if !differs {
			continue
		}
		s.differs = difference.Sequence
		switch {
		case s.fork.Forked(): // what to do is the same, and hejnal events repair alone would refuse it
			s.Note = fmt.Sprintf("%s; %s", difference, s.Note)
			continue
		case s.takes():
			s.State = stateDiffers
		case s.State == events.StateUnfit:
			s.State, s.Note = stateDiffers, fmt.Sprintf("%s: hejnal events repair; but first %s", difference, s.Note)
			continue
		}
		s.Note = fmt.Sprintf("%s: hejnal events repair", difference)
	}
	return nil
}

// verified is an error that names the streams that are not as the store; what merely waits to be published is no difference.
func verified(found []standing) error {
	var other []string
	for _, s := range found {
		if !s.takes() && s.State != events.StateUnfit {
			other = append(other, fmt.Sprintf("%s is not as in the store: %s", s.Stream, s.Note))
		}
	}
	if len(other) == 0 {
		return nil
	}
	return errors.New(strings.Join(other, "; "))
}

// repair brings a stream in line with the store by the mildest way that does.
func (b outbox) repair(ctx context.Context, io streams, s standing) error {
	if s.State == events.StateHealthy {
		return nil
	}
	if s.State == events.StateUnfit { // what an operator set is the operator's to change
		return fmt.Errorf("stream %s takes no events as it is set, and nothing was changed in it; set it right, or delete it, and hejnal serve makes a new one: %s", s.Stream, s.Note)
	}
	if s.State == events.StateBehind {
		return b.catchUp(ctx, io, s.Stream)
	}
	if s.differs == 0 {
		return b.replay(ctx, io, s.Stream, 1)
	}
	relay, err := b.relay(s.Stream)
	if err != nil {
		return err
	}
	stop := progress(io.err, relay)
	defer stop()
	return relay.Mend(ctx, s.differs)
}
