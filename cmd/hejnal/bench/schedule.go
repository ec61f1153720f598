package bench

import (
	"context"
	"errors"
	"sync"
	"time"
)

// offer calls the work at a fixed rate for the span, whatever becomes of the calls: what is slow is not asked less often.
// Each call is told its number and the moment for which it was meant. It returns once all have ended.
func offer(ctx context.Context, rate float64, span time.Duration, work func(ctx context.Context, n int, meant time.Time) error) error {
	var running sync.WaitGroup
	var mu sync.Mutex
	var failure error
	count := max(1, int(rate*span.Seconds()))
	began := time.Now()
	for n := range count {
		meant := began.Add(time.Duration(float64(n) / rate * float64(time.Second)))
		if err := restUntil(ctx, meant); err != nil {
			failure = err
			break
		}
		running.Go(func() {
			if err := work(ctx, n, meant); err != nil {
				mu.Lock()
				defer mu.Unlock()
				failure = errors.Join(failure, err)
			}
		})
	}
	running.Wait()
	return failure
}

// restUntil sleeps until the moment; it comes back at once when that has passed.
func restUntil(ctx context.Context, moment time.Time) error {
	for ctx.Err() == nil {
		left := time.Until(moment)
		if left <= 0 {
			return nil
		}
		sleep(min(left, 10*time.Millisecond))
	}
	return ctx.Err()
}
