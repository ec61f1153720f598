package engine

import (
	"context"
	"fmt"

	"hejnal/workflow"
)

// Explain lists everything that a case offers, for a person. The case is taken as it is given, so that one which is only
// about to be committed can be explained too.
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
	return workflow.Explain(c, person), nil
}

// DefinitionOf gives the definition that a case began under.
func (e *Engine) DefinitionOf(ctx context.Context, p workflow.Proposal) (*workflow.Definition, error) {
	return e.definitions.of(ctx, p)
}

// AllForms lists every definition in force, also those that cases are only imported under.
func (e *Engine) AllForms() []*workflow.Definition { return e.opts.Forms }
