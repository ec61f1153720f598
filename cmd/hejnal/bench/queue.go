package bench

import (
	"context"
	"slices"
	"time"
)

// queue offers commands at the rate and watches how many are on their way, from the moment for which they were meant
// until they reach the subscriber. It answers by how many that grows in a second, 0 when it does not, and the most there
// were.
func (s Setting) queue(ctx context.Context, one *chain, rate float64) (growth, most float64, err error) {
	if _, err := one.offered(ctx, rate, s.Span/4); err != nil {
		return 0, 0, err
	}
	watching, stop := context.WithCancel(ctx)
	seen := make(chan []sight)
	before, began := one.arrivals.count(), time.Now()
	go func() {
		seen <- watch(watching, s.Span/100, began, rate, func() int { return one.arrivals.count() - before })
	}()
	_, err = one.offered(ctx, rate, s.Span)
	stop()
	sights := <-seen
	sights = slices.DeleteFunc(sights, func(at sight) bool { return at.second > s.Span.Seconds() })
	for _, at := range sights {
		most = max(most, at.waiting)
	}
	return max(0, slope(sights)), most, err
}

// sight is how many waited at a moment.
type sight struct{ second, waiting float64 }

// watch looks once a period until the context ends. What arrived is fewer than what was meant to be offered by as many as
// are on their way.
func watch(ctx context.Context, period time.Duration, began time.Time, rate float64, arrived func() int) []sight {
	var sights []sight
	tick := time.NewTicker(max(period, time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return sights
		case now := <-tick.C:
			passed := now.Sub(began).Seconds()
			sights = append(sights, sight{passed, rate*passed - float64(arrived())})
		}
	}
}

// slope is by how much the line that fits best rises in a second, 0 for fewer than two sights.
func slope(sights []sight) float64 {
	var meanX, meanY, above, below float64
	for _, at := range sights {
		meanX += at.second / float64(len(sights))
		meanY += at.waiting / float64(len(sights))
	}
	for _, at := range sights {
		above += (at.second - meanX) * (at.waiting - meanY)
		below += (at.second - meanX) * (at.second - meanX)
	}
	if below == 0 {
		return 0
	}
	return above / below
}
