package bench_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"hejnal/cmd/hejnal/bench"
)

func TestSidesWorkInTurnsAndAreClosed(t *testing.T) {
	var order []string
	calls := atomic.Int64{}
	setting := bench.Setting{Rounds: 3, Span: time.Millisecond}
	sides := []bench.Side{
		bench.NewSide("a", func() { order = append(order, "a") }, func() { order = append(order, "a closed") }, func(context.Context, int) error { calls.Add(1); return nil }),
		bench.NewSide("b", func() { order = append(order, "b") }, func() { order = append(order, "b closed") }, func(context.Context, int) error { calls.Add(1); return nil }),
	}
	rates, err := bench.Alternate(t.Context(), setting, 4, sides)
	if err != nil {
		t.Fatal(err)
	}
	round := []string{"a", "a closed", "b", "b closed"}
	if !slices.Equal(order, slices.Concat(round, round, round)) {
		t.Errorf("the order is %v", order)
	}
	if len(rates) != 2 || len(rates[0]) != 3 || slices.Min(rates[1]) <= 0 || calls.Load() < 24 {
		t.Errorf("rates %v after %d calls", rates, calls.Load())
	}
}

func TestAFailedCallEndsTheTurnAndClosesTheSide(t *testing.T) {
	broken, closed := errors.New("broken"), false
	side := bench.NewSide("a", func() {}, func() { closed = true }, func(_ context.Context, client int) error {
		if client == 1 {
			return broken
		}
		return nil
	})
	_, err := bench.Alternate(t.Context(), bench.Setting{Rounds: 1, Span: time.Millisecond}, 2, []bench.Side{side})
	if !errors.Is(err, broken) || !closed {
		t.Errorf("got %v, closed %t", err, closed)
	}
}

func TestQuantiles(t *testing.T) {
	var values []time.Duration
	for i := range 100 {
		values = append(values, time.Duration(i))
	}
	for part, want := range map[float64]time.Duration{0: 0, 0.5: 50, 0.99: 99, 1: 99} {
		if got := bench.Quantile(values, part); got != want {
			t.Errorf("%v: got %d, want %d", part, got, want)
		}
	}
	if bench.Quantile(nil, 0.5) != 0 {
		t.Error("nothing has a middle")
	}
}

func TestEachClientMovesCasesOfItsOwn(t *testing.T) {
	moved := map[int][]int{}
	work := bench.Recording(7, 2, func(_ context.Context, client, n int) error { moved[client] = append(moved[client], n); return nil })
	for client := range 2 {
		for range 4 {
			if err := work(t.Context(), client); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !slices.Equal(moved[0], []int{0, 1, 2, 0}) || !slices.Equal(moved[1], []int{3, 4, 5, 3}) {
		t.Errorf("moved %v", moved)
	}
	if bench.Recording(1, 2, nil)(t.Context(), 0) == nil {
		t.Error("one case is enough for two")
	}
}
