package figures

import (
	"context"
	"fmt"
	"slices"
	"time"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// mostCounted bounds a count of the register.
const mostCounted = 100_000

// Source is what the figures are counted from.
type Source interface {
	store.Figures
	CountRegister(ctx context.Context, filter store.RegisterFilter, limit int) (int, error)
}

// counted is everything that the dashboard shows, and when it was counted.
type counted struct {
	store.CaseFigures
	At     time.Time
	Today  calendar.Date
	Months []month
}

// month is how much of what is agreed ends in a month, of the days that are looked at.
type month struct {
	First calendar.Date // of the month
	Count int
}

// counter counts.
type counter struct {
	source Source
	forms  []*workflow.Definition
	now    func() time.Time
	today  func() calendar.Date
}

func (c counter) count(ctx context.Context) (counted, error) {
	found := counted{At: c.now(), Today: c.today()}
	var err error
	found.CaseFigures, err = c.source.Figures(ctx, store.FiguresRequest{
		Today: found.Today, Outside: statesOutside(c.forms), Clocks: endingClocks(c.forms), Within: within,
	})
	if err != nil {
		return counted{}, fmt.Errorf("count cases and tasks: %w", err)
	}
	if found.Months, err = c.months(ctx, found.Today); err != nil {
		return counted{}, err
	}
	return found, nil
}

// months counts what ends until the last day, month by month: what is past its day counts to the present month.
func (c counter) months(ctx context.Context, today calendar.Date) ([]month, error) {
	var months []month
	before := 0
	end := today.PlusDays(within)
	for first := firstOf(today); first <= end; first = first.PlusMonths(1) {
		until := min(first.PlusMonths(1), end.PlusDays(1))
		count, err := c.source.CountRegister(ctx, store.RegisterFilter{
			Status: workflow.RegisterCurrent, ExpiringBefore: until, Clocks: endingClocks(c.forms),
		}, mostCounted)
		if err != nil {
			return nil, fmt.Errorf("count what expires before %s: %w", until, err)
		}
		months = append(months, month{First: first, Count: count - before})
		before = count
	}
	return months, nil
}

// statesOutside are the states in which a case waits for somebody outside the City.
func statesOutside(forms []*workflow.Definition) []string {
	var states []string
	for _, form := range forms {
		for _, state := range form.States {
			if state.Outside != "" && !slices.Contains(states, state.ID) {
				states = append(states, state.ID)
			}
		}
	}
	return states
}
