package bench

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"
)

// side is one of those who are measured in turns.
type side struct {
	name string
	// open makes everything ready, and the end undoes it. The work is called by so many clients at once, each with its number
	// from 0, again and again until the turn is over.
	open func(ctx context.Context) (work func(ctx context.Context, client int) error, end func() error, err error)
	// written reads how many bytes were written so far, for those who can tell; nil for the others.
	written func(ctx context.Context) (int64, error)
}

// turn is what one side did in one turn.
type turn struct {
	rate     float64 // calls a second
	p50, p99 float64 // ms a call
	bytes    float64 // written for each call; 0 where nobody can tell
}

// alternate lets the sides work in turns, as many rounds as the setting says, and answers the turns of each side.
func (s Setting) alternate(ctx context.Context, clients int, sides []side) ([][]turn, error) {
	turns := make([][]turn, len(sides))
	for round := range s.Rounds {
		for i, one := range sides {
			s.tell(fmt.Sprintf("round %d of %d: %s", round+1, s.Rounds, one.name))
			made, err := s.turn(ctx, clients, one)
			if err != nil {
				return turns, fmt.Errorf("%s: %w", one.name, err)
			}
			turns[i] = append(turns[i], made)
		}
	}
	return turns, nil
}

// turn lets one side work for the setting's span, after a quarter of it to warm up.
func (s Setting) turn(ctx context.Context, clients int, one side) (made turn, err error) {
	work, end, err := one.open(ctx)
	if err != nil {
		return turn{}, err
	}
	defer func() { err = errors.Join(err, end()) }()
	if _, _, err := together(ctx, clients, s.Span/4, work); err != nil {
		return turn{}, err
	}
	runtime.GC()
	before, err := one.bytes(ctx)
	if err != nil {
		return turn{}, err
	}
	took, elapsed, err := together(ctx, clients, s.Span, work)
	if err != nil {
		return turn{}, err
	}
	after, err := one.bytes(ctx)
	if err != nil {
		return turn{}, err
	}
	made.rate = float64(len(took)) / elapsed.Seconds()
	made.p50, made.p99 = milliseconds(quantile(took, 0.5)), milliseconds(quantile(took, 0.99))
	made.bytes = float64(after-before) / float64(len(took))
	return made, nil
}

func (o side) bytes(ctx context.Context) (int64, error) {
	if o.written == nil {
		return 0, nil
	}
	return o.written(ctx)
}

// together lets the clients work until the span is over, each starting its next call when its last has ended, and each
// at least once. It answers how long each call took, sorted, and how long it all took.
func together(ctx context.Context, clients int, span time.Duration, work func(context.Context, int) error) ([]time.Duration, time.Duration, error) {
	took, errs := make([][]time.Duration, clients), make([]error, clients)
	var running sync.WaitGroup
	began := time.Now()
	end := began.Add(span)
	for client := range clients {
		running.Go(func() {
			for now := time.Now(); (now.Before(end) || len(took[client]) == 0) && errs[client] == nil; {
				errs[client] = work(ctx, client)
				done := time.Now()
				took[client] = append(took[client], done.Sub(now))
				now = done
			}
		})
	}
	running.Wait()
	elapsed := time.Since(began)
	all := slices.Concat(took...)
	slices.Sort(all)
	return all, elapsed, errors.Join(errs...)
}

// quantile is the value below which the part of the sorted values lies; 0 for none.
func quantile(sorted []time.Duration, part float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(int(part*float64(len(sorted))), len(sorted)-1)]
}

// each takes one figure of every turn.
func each(turns []turn, figure func(turn) float64) []float64 {
	values := make([]float64, len(turns))
	for i, t := range turns {
		values[i] = figure(t)
	}
	return values
}

// against sets our turns against those of a limit: calls a second, p50 and p99.
func against(limit, what string, ours, theirs []turn, rate, p99 Target) []Row {
	rates := func(t turn) float64 { return t.rate }
	middle := func(t turn) float64 { return t.p50 }
	late := func(t turn) float64 { return t.p99 }
	return []Row{
		row(what, limit, "/s", each(ours, rates), each(theirs, rates), rate),
		row(what+", p50", limit, "ms", each(ours, middle), each(theirs, middle), Target{}),
		row(what+", p99", limit, "ms", each(ours, late), each(theirs, late), p99),
	}
}
