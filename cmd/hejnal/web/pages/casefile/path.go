package casefile

import (
	"context"
	"slices"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// step is one state on the way of a case.
type step struct {
	Name  workflow.Text
	Kind  string // done, returned, current, possible
	On    calendar.Date
	Event workflow.Text // that left it; of a possible one the act that leads there
	Who   string
	Since calendar.Date
}

// steps puts the way of a case into a list: the states that it left, the one it is in, and those that may come next.
func (s *subject) steps(ctx context.Context, acts []workflow.Act) []step {
	var steps []step
	var seen []string
	for _, act := range acts {
		if act.Track != workflow.Route || act.From == act.To || act.From == "" {
			continue
		}
		done := step{Name: s.state(workflow.Route, act.From), Kind: "done", On: act.OccurredOn, Event: act.EventTitle, Who: s.actor(ctx, act.Actor)}
		if seen = append(seen, act.From); slices.Contains(seen, act.To) {
			done.Kind = "returned"
		}
		steps = append(steps, done)
	}
	steps = append(steps, step{Name: s.state(workflow.Route, s.Proposal.State), Kind: "current", Since: s.Proposal.Since[workflow.Route]})
	var next []string
	for _, action := range s.Actions {
		if action.Track != workflow.Route {
			continue
		}
		for _, to := range action.To {
			if to == s.Proposal.State || slices.Contains(next, to) {
				continue
			}
			next = append(next, to)
			steps = append(steps, step{Name: s.state(workflow.Route, to), Kind: "possible", Event: action.Title})
		}
	}
	return steps
}
