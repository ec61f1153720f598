package embedded

import (
	"context"
	"math/rand/v2"
	"time"
)

// Kills ends the process so many times at a moment that chance decides, and starts it again each time.
func (s *Scene) Kills(ctx context.Context, times int) error {
	random := rand.New(rand.NewPCG(s.options.Seed, 1))
	for n := range times {
		rest(ctx, time.Duration(50+random.IntN(700))*time.Millisecond)
		s.Kill()
		began := time.Now()
		if err := s.Start(); err != nil {
			return err
		}
		if err := s.AwaitReady(ctx, 10*time.Second); err != nil {
			return err
		}
		s.options.Say("kill %d of %d: ready again after %s", n+1, times, time.Since(began).Round(time.Millisecond))
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}
