package engine

import (
	"context"

	"hejnal/workflow"
)

// Foresee tells what a proposal would offer, and opens nothing: no number is drawn. Errors as of Propose.
func (e *Engine) Foresee(ctx context.Context, request Request, asked NewProposal) ([]workflow.Action, error) {
	definition, ok := e.Form(asked.Form)
	if !ok || definition.Source.OnlyImported {
		return nil, e.unknownForm(asked.Form)
	}
	moment := e.moment()
	partner, _, err := e.partnerOf(ctx, asked, moment.Now)
	written := workflow.NewCase{
		ID: e.opts.NewID(), Title: asked.Title, Description: asked.Description, Partner: partner, Fields: asked.Fields, Tools: asked.Tools,
		Readings: asked.Readings, ReadingsReason: asked.ReadingsReason,
	}
	change, err := acting(ctx, e, request, func(request Request) (*workflow.Change, error) {
		change, refusal := workflow.Begin(definition, written, workflow.Command{By: request.By}, moment)
		return change, everyError(err, refusal)
	})
	if err != nil {
		return nil, err
	}
	return e.Explain(ctx, change.After, request.By)
}
