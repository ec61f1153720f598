package engine

import (
	"context"
	"slices"

	"hejnal/workflow"
)

// Explain lists everything that a case offers, for a person. What the person's own roles never allow, and those do which are
// lent by somebody whom they stand in for, is explained as done on that one's behalf. The case is taken as it is given, so that
// one which is only about to be committed can be explained too.
func (e *Engine) Explain(ctx context.Context, p workflow.Proposal, person workflow.Person) ([]workflow.Action, error) {
	c, err := e.around(ctx, p, workflow.Command{})
	if err != nil {
		return nil, err
	}
	if !person.Has(workflow.Official) { // who may correct any entry
		// The one entry that an example can name is the last.
		if c.Acts, err = e.acts(ctx, p.LastAct); err != nil {
			return nil, err
		}
	}
	actions := workflow.Explain(c, person)
	foreign := func(action workflow.Action) bool { return !person.Has(action.Roles...) }
	if !slices.ContainsFunc(actions, foreign) {
		return actions, nil
	}
	steads, err := e.StandsIn(ctx, person.ID)
	for _, stead := range slices.Backward(steads) { // the earliest, which is taken before the others, has the last word
		for i, action := range workflow.Explain(c, stead.As) {
			if foreign(actions[i]) && stead.As.Has(action.Roles...) {
				actions[i] = action
			}
		}
	}
	return actions, err
}

// DefinitionOf gives the definition that a case began under.
func (e *Engine) DefinitionOf(ctx context.Context, p workflow.Proposal) (*workflow.Definition, error) {
	return e.definitions.of(ctx, p)
}

// AllForms lists every definition in force, also those that cases are only imported under.
func (e *Engine) AllForms() []*workflow.Definition { return e.opts.Forms }
