package bench_test

import (
	"context"
	"errors"
	"math"
	"sync"
	"testing"
	"time"

	"hejnal/cmd/hejnal/bench"
)

func TestWhatIsOfferedDoesNotWaitForWhatIsSlow(t *testing.T) {
	var mu sync.Mutex
	meant := map[int]time.Time{}
	waiting, release := make(chan struct{}, 5), make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- bench.Offer(t.Context(), 1000, 5*time.Millisecond, func(_ context.Context, n int, at time.Time) error {
			mu.Lock()
			meant[n] = at
			mu.Unlock()
			waiting <- struct{}{}
			<-release
			return nil
		})
	}()
	for range 5 {
		<-waiting // all five have come although none has ended
	}
	close(release)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	for n := range 4 {
		if gap := meant[n+1].Sub(meant[n]); gap != time.Millisecond {
			t.Errorf("between %d and the next are %v", n, gap)
		}
	}
}

func TestAnOfferThatFailsSaysSo(t *testing.T) {
	broken := errors.New("broken")
	err := bench.Offer(t.Context(), 1000, 2*time.Millisecond, func(context.Context, int, time.Time) error { return broken })
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := bench.Offer(ended, 1, time.Hour, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestTheSlopeOfAQueue(t *testing.T) {
	rising := []bench.Sight{bench.NewSight(0, 10), bench.NewSight(1, 13), bench.NewSight(2, 16), bench.NewSight(3, 19)}
	if got := bench.Slope(rising); math.Abs(got-3) > 1e-9 {
		t.Errorf("got %v, want 3", got)
	}
	for name, sights := range map[string][]bench.Sight{"none": nil, "one": {bench.NewSight(1, 5)}, "level": {bench.NewSight(0, 5), bench.NewSight(1, 5)}} {
		if got := bench.Slope(sights); got != 0 {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
