package workflow

import (
	"slices"
	"strings"
)

// Outcome gives the way in which a transition would end on whole-number inputs, so that what a vote needs can be told before
// it is held. It is false where the outcome depends on more than the inputs, the constants of the form and the City.
func (d *Definition) Outcome(t *Transition, inputs map[string]int) (Result, bool) {
	seen := make(map[string]any, len(inputs))
	for name, number := range inputs {
		seen[name] = int64(number)
	}
	for _, o := range t.outcomes {
		if o.when != nil && slices.ContainsFunc(o.when.reads, ofTheCase) {
			return Result{}, false
		}
	}
	v := &view{definition: d, proposal: &Proposal{}, transition: t, inputs: seen}
	chosen := t.way(v)
	for _, result := range t.Results() {
		if result.Event == chosen.event {
			return result, true
		}
	}
	return Result{}, false
}

// ofTheCase reports whether a variable is something else than an input, a constant or the City's own.
func ofTheCase(variable string) bool {
	return !slices.ContainsFunc([]string{"inputs.", "given.", "constants.", "city."}, func(group string) bool {
		return strings.HasPrefix(variable, group)
	})
}
