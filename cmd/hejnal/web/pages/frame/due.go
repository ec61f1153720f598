package frame

import (
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// DueOn is the first day on which something of a case is due, an open task or a deadline of the City's that runs; empty where
// nothing is.
func DueOn(proposal workflow.Proposal) calendar.Date {
	var first calendar.Date
	take := func(day calendar.Date) {
		if day != "" && (first == "" || day < first) {
			first = day
		}
	}
	for _, task := range proposal.Tasks {
		take(task.DueOn)
	}
	for _, deadline := range proposal.Deadlines {
		if deadline.State == workflow.DeadlineRunning && !deadline.Window {
			take(deadline.DueOn)
		}
	}
	return first
}
