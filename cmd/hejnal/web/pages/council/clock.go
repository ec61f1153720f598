package council

import (
	"slices"
	"strings"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// clock is a running limit of a case.
type clock struct {
	Title workflow.Text
	Days  int // its whole length; 0 where it is not counted in days
	Left  int // days that are left; below 0: days that it is over by
	DueOn calendar.Date
}

// soon is how many days before its end a limit is said to end soon.
const soon = 14

func clocksOf(d *workflow.Definition, c workflow.Proposal, today calendar.Date) []clock {
	var running []clock
	for _, deadline := range c.Deadlines {
		if deadline.State != workflow.DeadlineRunning || deadline.Over(today) {
			continue
		}
		made := clock{Title: deadline.Title, DueOn: deadline.DueOn, Left: today.DaysUntil(deadline.DueOn)}
		if i := slices.IndexFunc(d.Clocks, func(k *workflow.Clock) bool { return k.ID == deadline.Clock }); i >= 0 {
			made.Days = d.Clocks[i].Days
		}
		running = append(running, made)
	}
	slices.SortStableFunc(running, func(a, b clock) int { return a.Left - b.Left })
	return running
}

// Text says how a limit stands: "90 dni: zostały 34".
func (c clock) Text() workflow.Text {
	return workflow.Text{PL: c.in(call.Polish), EN: c.in(call.English)}
}

func (c clock) in(language string) string {
	w := frame.WordsOf(language)
	whole := ""
	if c.Left <= c.Days { // a limit that moved to a working day may leave more than its whole length
		whole = w.Count(c.Days, "dzień|dni|dni", "day|days") + ": "
	}
	switch {
	case c.Left < 0:
		return whole + w.T("po terminie o ", "overdue by ") + w.Count(-c.Left, "dzień|dni|dni", "day|days")
	case c.Left == 0:
		return whole + w.T("termin mija dziś", "ends today")
	case whole != "":
		return whole + w.T(remain(c.Left), w.Count(c.Left, "", "left"))
	}
	_, days, _ := strings.Cut(w.Count(c.Left, "dzień|dni|dni", "day|days"), " ")
	return w.T(remain(c.Left)+" "+days, w.Count(c.Left, "", "day left|days left"))
}

// remain writes a number after the Polish verb that goes with it: zostały 34.
func remain(n int) string {
	number, verb, _ := strings.Cut(frame.WordsOf(call.Polish).Count(n, "został|zostały|zostało", ""), " ")
	return verb + " " + number
}

// Kind is how urgent a limit is: late, soon, or nothing.
func (c clock) Kind() string {
	switch {
	case c.Left < 0:
		return "late"
	case c.Left <= soon:
		return "soon"
	}
	return ""
}
