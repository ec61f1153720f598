package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"hejnal/cmd/hejnal/installation"
)

// Delivery from the command to a subscriber, for each store.
var (
	deliverySQLite = Measurement{
		Name: "delivery", Title: "from the command to a subscriber, embedded store, against a bare chain", Run: measureDeliverySQLite,
	}
	deliveryPostgres = Measurement{
		Name: "delivery-postgres", Title: "from the command to a subscriber, PostgreSQL, against a bare chain", Database: true, Run: measureDeliveryPostgres,
	}
)

// Targets of delivery.
var (
	middleDelivery = Target{AtMost: 1.5}
	lateDelivery   = Target{AtMost: 3}
	steadyQueue    = Target{AtMost: 0.05}
)

func measureDeliverySQLite(ctx context.Context, s Setting) (Outcome, error) {
	f := &filledFiles{setting: s}
	if err := f.fill(ctx); err != nil {
		return Outcome{}, err
	}
	ours, err := openOurs(ctx, installation.Config{Data: f.dir("ours")}, f.own)
	if err != nil {
		return Outcome{}, err
	}
	hand, err := openFile(ctx, filepath.Join(f.dir("by-hand"), "hejnal.sqlite"), f.ids)
	if err != nil {
		return Outcome{}, errors.Join(err, ours.end())
	}
	bare, err := openBare(ctx, f.dir("by-hand"), len(f.ids), hand.contact, hand.close)
	return s.deliver(ctx, ours, bare, err)
}

func measureDeliveryPostgres(ctx context.Context, s Setting) (found Outcome, err error) {
	seeded, err := s.seed(ctx)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, seeded.drop()) }()
	copied, err := seeded.copyFor(ctx, "bare chain")
	if err != nil {
		return found, err
	}
	dir, err := os.MkdirTemp(s.Dir, "delivery-")
	if err != nil {
		return found, fmt.Errorf("make data directory: %w", err)
	}
	ours, err := openOurs(ctx, installation.Config{Data: filepath.Join(dir, "ours"), Database: seeded.filled.url}, seeded.ids)
	if err != nil {
		return found, err
	}
	hand, err := openHand(ctx, copied.url, bySequence, seeded.ids, s.Callers)
	if err != nil {
		return found, errors.Join(err, ours.end())
	}
	bare, err := openBare(ctx, filepath.Join(dir, "bare"), len(seeded.ids), hand.contact, func() error { hand.pool.Close(); return nil })
	return s.deliver(ctx, ours, bare, err)
}

// deliver measures our chain against the bare one, and ends both; opening is the error of opening the bare one.
func (s Setting) deliver(ctx context.Context, ours, bare *chain, opening error) (found Outcome, err error) {
	if opening != nil {
		return found, errors.Join(opening, ours.end())
	}
	defer func() { err = errors.Join(err, ours.end(), bare.end()) }()
	capacity, err := s.capacity(ctx, bare)
	if err != nil {
		return found, err
	}
	quarter := capacity / 4
	passages := [2][]passage{}
	for round := range s.Rounds {
		for i, one := range []*chain{ours, bare} {
			s.tell(fmt.Sprintf("round %d of %d: %s at %.0f/s", round+1, s.Rounds, one.name, quarter))
			passed, err := s.pass(ctx, one, quarter)
			if err != nil {
				return found, fmt.Errorf("%s: %w", one.name, err)
			}
			passages[i] = append(passages[i], passed)
		}
	}
	var growth, loads, most []float64
	for round := range s.Rounds {
		s.tell(fmt.Sprintf("round %d of %d: our queue at %.0f/s", round+1, s.Rounds, capacity))
		grown, longest, err := s.queue(ctx, ours, capacity)
		if err != nil {
			return found, err
		}
		growth, loads, most = append(growth, grown), append(loads, capacity), append(most, longest)
	}
	what := fmt.Sprintf("command to subscriber at %.0f/s", quarter)
	middle, late := func(p passage) float64 { return p.at(0.5) }, func(p passage) float64 { return p.at(0.99) }
	durable := func(p passage) float64 { return p.durable }
	found.Rows = []Row{
		row(what+", p50", bare.name, "ms", figures(passages[0], middle), figures(passages[1], middle), middleDelivery),
		row(what+", p99", bare.name, "ms", figures(passages[0], late), figures(passages[1], late), lateDelivery),
		row("growth of the queue at four times that load", "load", "/s", growth, loads, steadyQueue),
	}
	found.Notes = []string{
		fmt.Sprintf("the bare chain carries %.0f/s for %d callers: one durable commit of the same rows, one synced publish, delivery", capacity, s.Callers),
		fmt.Sprintf("commands come at fixed moments, and time runs from the moment meant; until they are durable it takes %.2f ms with us and %.2f ms in the bare chain (p50)",
			median(figures(passages[0], durable)), median(figures(passages[1], durable))),
		fmt.Sprintf("at %.0f/s at most %.0f were on their way", capacity, median(most)),
	}
	return found, nil
}

// capacity is how many commands a second the bare chain carries to its subscriber.
func (s Setting) capacity(ctx context.Context, bare *chain) (float64, error) {
	work := recording(bare.cases, s.Callers, func(ctx context.Context, _, n int) error {
		_, _, err := bare.accept(ctx, n)
		return err
	})
	var rates []float64
	for range s.Rounds {
		took, elapsed, err := together(ctx, s.Callers, s.Span/2, work)
		if err != nil {
			return 0, fmt.Errorf("find the capacity of the %s: %w", bare.name, err)
		}
		rates = append(rates, float64(len(took))/elapsed.Seconds())
	}
	return median(rates), nil
}

// passage is how commands passed through a chain.
type passage struct {
	took    []time.Duration // from the moment meant to the arrival at the subscriber, sorted
	durable float64         // ms from the moment meant until half of them were durable
}

// at is the quantile of the passage in ms.
func (p passage) at(part float64) float64 { return milliseconds(quantile(p.took, part)) }

func figures(passages []passage, figure func(passage) float64) []float64 {
	values := make([]float64, len(passages))
	for i, p := range passages {
		values[i] = figure(p)
	}
	return values
}

// pass offers commands at the rate for the setting's span, after a quarter of it to warm up.
func (s Setting) pass(ctx context.Context, one *chain, rate float64) (passage, error) {
	if _, err := one.offered(ctx, rate, s.Span/4); err != nil {
		return passage{}, err
	}
	runtime.GC()
	return one.offered(ctx, rate, s.Span)
}

// offered offers commands at the rate for the span and waits until all have reached the subscriber.
func (c *chain) offered(ctx context.Context, rate float64, span time.Duration) (passed passage, err error) {
	var mu sync.Mutex
	meantFor := map[uint64]time.Time{}
	var durable []time.Duration
	last := uint64(0)
	err = offer(ctx, rate, span, func(ctx context.Context, n int, meant time.Time) error {
		sequence, kept, err := c.accept(ctx, n%c.cases)
		mu.Lock()
		defer mu.Unlock()
		meantFor[sequence] = meant
		durable = append(durable, kept.Sub(meant))
		last = max(last, sequence)
		return err
	})
	if err == nil {
		err = c.arrivals.await(ctx, last)
	}
	if err != nil {
		return passed, err
	}
	for sequence, meant := range meantFor {
		at, found := c.arrivals.when(sequence)
		if !found {
			return passed, fmt.Errorf("event %d did not reach the subscriber", sequence)
		}
		passed.took = append(passed.took, at.Sub(meant))
	}
	slices.Sort(passed.took)
	slices.Sort(durable)
	passed.durable = milliseconds(quantile(durable, 0.5))
	return passed, nil
}
