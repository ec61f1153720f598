package workflow

import (
	"slices"

	"hejnal/workflow/calendar"
)

// The states of a deadline. A running one that is past its day is overdue; passing it moves nothing.
const (
	DeadlineRunning = "running"
	DeadlineMet     = "met"     // stopped on its day or before
	DeadlineMissed  = "missed"  // stopped after its day
	DeadlineStopped = "stopped" // no longer of concern
)

// due returns the day on which the clock runs out when day 0 is on.
func (c *Clock) due(on calendar.Date) calendar.Date {
	if c.Until {
		return calendar.Limit{Rolls: c.Rolls}.Due(on)
	}
	return calendar.Limit{Days: c.Days, Months: c.Months, Rolls: c.Rolls}.Due(on)
}

// startClock starts a clock anew; an empty date stops it.
func (p *Proposal) startClock(clock *Clock, on calendar.Date) {
	p.Deadlines = slices.DeleteFunc(p.Deadlines, func(d Deadline) bool {
		return d.Clock == clock.ID && d.State == DeadlineRunning
	})
	if on == "" {
		return
	}
	p.Deadlines = append(p.Deadlines, Deadline{
		Clock: clock.ID, Title: clock.Title, StartsOn: on, DueOn: clock.due(on), State: DeadlineRunning,
	})
}

// stopClock ends a running clock by an act of the day on.
func (p *Proposal) stopClock(clock string, on calendar.Date) {
	for i := range p.Deadlines {
		d := &p.Deadlines[i]
		if d.Clock != clock || d.State != DeadlineRunning {
			continue
		}
		d.State = DeadlineMet
		if on > d.DueOn {
			d.State = DeadlineMissed
		}
	}
}
