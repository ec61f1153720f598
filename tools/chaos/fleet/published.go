package fleet

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// refilling is how long a stream that was lost may take until it holds again what was in it.
const refilling = 3 * time.Minute

// published waits until the streams hold what the journal holds now. Who leads a relay may say that it is well before it has
// noticed that its stream is gone.
func (f *Fleet) published(ctx context.Context) error {
	internal, public, err := f.Database.Positions(ctx)
	if err != nil {
		return err
	}
	return await(ctx, refilling, "the streams to hold the journal", func() error {
		return f.Bus.with(ctx, func(ctx context.Context, js jetstream.JetStream) error {
			for stream, end := range map[string]uint64{"COOPERATION": internal, "COOPERATION_PUBLIC": public} {
				found, err := js.Stream(ctx, stream)
				if err != nil {
					return fmt.Errorf("look at stream %s: %w", stream, err)
				}
				if last := found.CachedInfo().State.LastSeq; last < end {
					return fmt.Errorf("stream %s ends with %d of %d", stream, last, end)
				}
			}
			return nil
		})
	})
}
