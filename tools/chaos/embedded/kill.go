package embedded

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// Kills ends the process so many times at a moment that chance decides, and starts it again each time. Between two kills
// the clients get something accepted, however slow the machine is.
func (s *Scene) Kills(ctx context.Context, times int) error {
	ready := time.Now()
	random := rand.New(rand.NewPCG(s.options.Seed, 1))
	for n := range times {
		if err := s.worked(ctx, ready); err != nil {
			return fmt.Errorf("before kill %d: %w", n+1, err)
		}
		rest(ctx, time.Duration(50+random.IntN(700))*time.Millisecond)
		s.Kill()
		began := time.Now()
		if err := s.Start(); err != nil {
			return err
		}
		if err := s.AwaitReady(ctx, 10*time.Second); err != nil {
			return err
		}
		ready = time.Now()
		s.options.Say("kill %d of %d: ready again after %s", n+1, times, ready.Sub(began).Round(time.Millisecond))
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// worked waits until the clients got something accepted since a moment.
func (s *Scene) worked(ctx context.Context, since time.Time) error {
	return await(ctx, time.Minute, func() error {
		if len(s.working.Acks(since)) == 0 {
			return errors.New("nothing was accepted")
		}
		return nil
	})
}
