package council

import (
	"net/url"
	"slices"
	"time"

	"hejnal/workflow"
)

// result is how an item of an agenda ended.
type result struct {
	Title   workflow.Text
	Counts  []counted // of a vote
	Kind    string    // goal: adopted
	At      time.Time
	By      string // id of who recorded it
	Correct string // address where the entry is corrected
}

// counted is one number of a vote.
type counted struct {
	Title  workflow.Text
	Number int
}

// resultOf is how a task ended, from the act that ended it; nothing is told of it where the act is not among those read.
func resultOf(t trail, task workflow.Task, id string) *result {
	act, ok := t.at(task.ClosedAt)
	if !ok {
		return &result{Title: workflow.Text{PL: "Zakończono", EN: "Over"}, At: task.ClosedAt}
	}
	return resultOfAct(t.definition, act, id)
}

func resultOfAct(d *workflow.Definition, act workflow.Act, id string) *result {
	made := &result{Title: act.EventTitle, At: act.RecordedAt, By: act.Actor.User, Counts: countsOf(d, act)}
	if len(made.Counts) > 0 && adoptedBy(d, act) {
		made.Kind = "goal"
	}
	if transition := correction(d); transition != "" {
		made.Correct = actPath(id, transition) + "?" + url.Values{"wpis": {act.ID}}.Encode()
	}
	return made
}

// countsOf are the whole numbers that a vote was recorded with.
func countsOf(d *workflow.Definition, act workflow.Act) []counted {
	var counts []counted
	for _, t := range d.Named(act.Transition) {
		if !isVote(t) || len(counts) > 0 {
			continue
		}
		for _, input := range t.Inputs {
			if n, ok := number(act.Inputs[input.Name]); ok {
				counts = append(counts, counted{Title: input.Title, Number: n})
			}
		}
	}
	return counts
}

// adoptedBy reports whether a vote ended as it does when everybody is for.
func adoptedBy(d *workflow.Definition, act workflow.Act) bool {
	return slices.ContainsFunc(d.Named(act.Transition), func(t *workflow.Transition) bool {
		all := d.Source.City.Composition
		unanimous, ok := d.Outcome(t, map[string]int{inFavour: all, present: all})
		return ok && unanimous.Event == act.Event
	})
}
