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
	Kind  string // done, returned, current; empty: it may come next
	On    calendar.Date
	Event workflow.Text // that left it; of a possible one the act that leads there
	Who   string
	Since calendar.Date
}

// steps puts the way of a case into a list: the states that it left, and the one it is in.
func (s *subject) steps(ctx context.Context, acts []workflow.Act) []step {
	var steps []step
	var seen []string // left on the way to the present state, since the case last went back
	for _, act := range acts {
		if act.Track != workflow.Route || act.From == act.To || act.From == "" {
			continue
		}
		done := step{Name: s.state(workflow.Route, act.From), Kind: "done", On: act.OccurredOn, Event: act.EventTitle, Who: s.actor(ctx, act.Actor)}
		seen = append(seen, act.From)
		if stood := slices.Index(seen, act.To); stood >= 0 {
			if !s.aside(seen, act.To) {
				done.Kind = "returned"
			}
			seen = seen[:stood] // what comes from there again goes on
		}
		steps = append(steps, done)
	}
	return append(steps, step{Name: s.state(workflow.Route, s.Proposal.State), Kind: "current", Since: s.Proposal.Since[workflow.Route]})
}

// possible are the states that may come next, each with an act that leads there. What a rule stands against leads nowhere.
func (s *subject) possible() []step {
	var steps []step
	var next []string
	for _, action := range s.Actions {
		if action.Track != workflow.Route || slices.ContainsFunc(action.BlockedBy, ruledOut) {
			continue
		}
		for _, to := range action.To {
			if to == s.Proposal.State || slices.Contains(next, to) {
				continue
			}
			next = append(next, to)
			steps = append(steps, step{Name: s.state(workflow.Route, to), Event: action.Title})
		}
	}
	return steps
}

// ruledOut reports whether a blocker stands against an act whoever makes it, whenever, and with whatever documents.
func ruledOut(b workflow.Blocker) bool {
	passes := []string{"role", "four_eyes", "too_early", "document_missing"}
	return b.Severity == workflow.Block && !slices.Contains(passes, b.Code)
}

// aside reports whether the last state that the case left was a step aside from the state that it goes to: it came from there,
// and no way from it to the form's goal leads elsewhere.
func (s *subject) aside(seen []string, to string) bool {
	left := len(seen) - 1
	if left == 0 || seen[left-1] != to {
		return false
	}
	reached := []string{seen[left]}
	for i := 0; i < len(reached); i++ {
		if state, _ := s.Definition.State(workflow.Route, reached[i]); state.Kind == workflow.Goal {
			return false
		}
		for _, next := range s.after(reached[i]) {
			if next != to && !slices.Contains(reached, next) {
				reached = append(reached, next)
			}
		}
	}
	return true
}

// after are the states of the route to which acts lead from one.
func (s *subject) after(state string) []string {
	var next []string
	for _, t := range s.Definition.Transitions {
		if t.Strand != workflow.Route || !slices.Contains(t.From, state) {
			continue
		}
		for _, result := range t.Results() {
			next = append(next, result.To)
		}
	}
	return next
}

// stepsTo is how many acts at the least lead from the beginning of the form to a state of its route.
func (s *subject) stepsTo(state string) int {
	reached := map[string]int{s.Definition.Start: 0}
	for queue := []string{s.Definition.Start}; len(queue) > 0; queue = queue[1:] {
		for _, next := range s.after(queue[0]) {
			if _, known := reached[next]; !known {
				reached[next], queue = reached[queue[0]]+1, append(queue, next)
			}
		}
	}
	return reached[state]
}
