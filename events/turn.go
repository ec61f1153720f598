package events

import (
	"context"
	"fmt"
)

// Hold does something in the relay's turn: between two of its steps, so that the
// relay neither takes the stream for lost nor writes to it meanwhile. Then it
// looks at the stream anew.
func (r *Relay) Hold(ctx context.Context, do func() error) error {
	if err := r.begin(ctx); err != nil {
		return fmt.Errorf("hold the relay of %s: %w", r.opts.Stream.Name, err)
	}
	defer r.end()
	r.last = -1
	return do()
}

// begin waits for the turn.
func (r *Relay) begin(ctx context.Context) error {
	select {
	case r.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *Relay) end() { <-r.turn }
