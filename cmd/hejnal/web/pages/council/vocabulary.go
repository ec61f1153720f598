package council

import (
	"slices"

	"hejnal/workflow"
)

// stage is the stage of the states in which a case is before the Council.
const stage = "council"

// Names of inputs. By them a transition shows what it records, whichever form and phase it belongs to.
const (
	inFavour      = "for"
	against       = "against"
	abstained     = "abstained"
	present       = "present"
	absent        = "absent"
	printNumber   = "print_number"
	committee     = "committee"
	opinion       = "opinion"
	sessionNumber = "session_number"
	sessionDate   = "session_date"
)

// asks reports whether a transition asks for all of the inputs.
func asks(t *workflow.Transition, names ...string) bool {
	for _, name := range names {
		if _, ok := inputOf(t, name); !ok {
			return false
		}
	}
	return true
}

func inputOf(t *workflow.Transition, name string) (workflow.InputSource, bool) {
	i := slices.IndexFunc(t.Inputs, func(input workflow.InputSource) bool { return input.Name == name })
	if i < 0 {
		return workflow.InputSource{}, false
	}
	return t.Inputs[i], true
}

// isVote reports whether a transition records how a vote went, by its counts.
func isVote(t *workflow.Transition) bool { return asks(t, inFavour, against, abstained, present) }

// voteOf is the vote that the Council's part of a form ends with.
func voteOf(d *workflow.Definition) (*workflow.Transition, bool) {
	for _, t := range d.Transitions {
		if isVote(t) && slices.ContainsFunc(t.From, func(state string) bool { return before(d, t.Strand, state) }) {
			return t, true
		}
	}
	return nil, false
}

// before reports whether a state is one in which a case is before the Council.
func before(d *workflow.Definition, strand, state string) bool {
	found, ok := d.State(strand, state)
	return ok && strand == workflow.Route && found.Stage == stage
}

// correction is the transition by which an entry is corrected; empty where there is none.
func correction(d *workflow.Definition) string {
	for _, t := range d.Transitions {
		if d.Corrects(t.ID) {
			return t.ID
		}
	}
	return ""
}

// mayCorrect reports whether a correction is ever the person's part; whether this one is, the core says when it is made.
func mayCorrect(d *workflow.Definition, by workflow.Person) bool {
	return slices.ContainsFunc(d.Named(correction(d)), func(t *workflow.Transition) bool { return by.Has(t.Roles...) })
}
