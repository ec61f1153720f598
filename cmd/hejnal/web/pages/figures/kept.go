package figures

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

const (
	// freshFor is how long figures are shown before they are counted anew.
	freshFor = time.Minute
	// firstWait is how long a reader waits where nothing was counted yet.
	firstWait = 10 * time.Second
	// longest is how long counting may take.
	longest = 2 * time.Minute
)

// errCounting is figures that are being counted for the first time, which takes longer than a reader waits.
var errCounting = errors.New("the figures are still being counted")

// kept keeps what was counted last. However many ask, it is counted once at a time, at most once every freshFor; meanwhile
// everybody gets what was counted before.
type kept struct {
	count func(ctx context.Context) (counted, error)
	now   func() time.Time
	log   *slog.Logger
	wait  time.Duration

	mu      sync.Mutex
	last    counted
	tried   time.Time     // when counting last ended, well or not
	failed  error         // why it did not end well
	running chan struct{} // closed when the counting that is under way ends; nil: none is
}

// get gives what was counted last, and has it counted anew where it is old. Only where there is nothing yet it waits.
func (k *kept) get(ctx context.Context) (counted, error) {
	running := k.refresh(ctx)
	if last, err := k.present(); !last.At.IsZero() || running == nil {
		return last, err
	}
	timer := time.NewTimer(k.wait)
	defer timer.Stop()
	select {
	case <-running:
		return k.present()
	case <-timer.C:
		return counted{}, errCounting
	case <-ctx.Done():
		return counted{}, ctx.Err()
	}
}

func (k *kept) present() (counted, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.last.At.IsZero() {
		return k.last, k.failed
	}
	return k.last, nil
}

// refresh begins to count where that is due, and gives the end of the counting that is under way; nil where none is.
func (k *kept) refresh(ctx context.Context) chan struct{} {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.running != nil || !k.tried.IsZero() && k.now().Sub(k.tried) < freshFor {
		return k.running
	}
	k.running = make(chan struct{})
	go k.run(context.WithoutCancel(ctx), k.running)
	return k.running
}

func (k *kept) run(ctx context.Context, done chan struct{}) {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	found, err := k.count(ctx)
	k.mu.Lock()
	defer k.mu.Unlock()
	defer close(done)
	k.running, k.tried, k.failed = nil, k.now(), err
	if err != nil {
		k.log.ErrorContext(ctx, "figures were not counted", slog.String("error", err.Error()))
		return
	}
	k.last = found
}
