package workflow

import (
	"slices"

	"hejnal/workflow/calendar"
)

// The states of a deadline. Its passing moves nothing.
const (
	DeadlineRunning = "running"
	DeadlineMet     = "met"     // what it asks for was done on its day or before
	DeadlineMissed  = "missed"  // what it asks for was done after its day
	DeadlineStopped = "stopped" // no longer of concern: the case left its ground otherwise
	DeadlineOver    = "over"    // it asked nothing of anybody in the City, and its day has passed
)

// Overdue reports whether somebody in the City is late.
func (d Deadline) Overdue(today calendar.Date) bool {
	return d.State == DeadlineRunning && d.DueOn < today && !d.Window
}

// Over reports whether the time ran out that the deadline gave, without anybody in the City being late for it.
func (d Deadline) Over(today calendar.Date) bool {
	return d.State == DeadlineOver || d.State == DeadlineRunning && d.DueOn < today && d.Window
}

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
		Clock: clock.ID, Title: clock.Title, StartsOn: on, DueOn: clock.due(on), State: DeadlineRunning, Window: clock.Window,
	})
}

// stopClock ends a running clock by a transition of the day on.
func (p *Proposal) stopClock(clock *Clock, by string, on calendar.Date) {
	for i := range p.Deadlines {
		if d := &p.Deadlines[i]; d.Clock == clock.ID && d.State == DeadlineRunning {
			d.State = clock.ended(d.DueOn, by, on)
		}
	}
}

// ended is the state of a deadline of the clock once a transition of the day on has ended it. A definition from before clocks
// said what meets them counts whatever stops one as that.
func (c *Clock) ended(due calendar.Date, by string, on calendar.Date) string {
	nobodys := c.told && len(c.MetBy) == 0 && (c.Window || c.Until)
	switch {
	case nobodys && (on > due || on == due && c.Until):
		return DeadlineOver
	case nobodys, len(c.MetBy) > 0 && !slices.Contains(c.MetBy, by):
		return DeadlineStopped
	case on > due:
		return DeadlineMissed
	}
	return DeadlineMet
}
