package engine

import (
	"context"
	"fmt"
	"slices"

	"hejnal/workflow"
)

// Explain lists everything that a case offers, for a person. What the person's own roles never allow, and those do which are
// lent by somebody whom they stand in for, is explained as done on that one's behalf. The case is taken as it is given, so that
// one which is only about to be committed can be explained too.
func (e *Engine) Explain(ctx context.Context, p workflow.Proposal, person workflow.Person) ([]workflow.Action, error) {
	definition, err := e.DefinitionOf(ctx, p)
	if err != nil {
		return nil, err
	}
	c := workflow.Case{Definition: definition, Proposal: p, InForce: e.definitions.inForce, Moment: e.moment()}
	if scopes := c.Scopes(workflow.Command{}); len(scopes) > 0 {
		if c.Facts, err = e.store.Scopes(ctx, scopes); err != nil {
			return nil, fmt.Errorf("load facts: %w", err)
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
