package engine

import (
	"context"

	"hejnal/store"
	"hejnal/workflow"
)

// Patch is a change of a case's own data; nil fields stay.
type Patch struct {
	Title          *string
	Description    *string
	PartnerID      *string
	Fields         *[]string
	Tools          *[]string
	Readings       *int
	ReadingsReason *string
}

// Amend changes a case's own data. Errors as of Advance.
func (e *Engine) Amend(ctx context.Context, request Request, id string, patch Patch) (Result, error) {
	defer e.turns.take(id)()
	return acting(ctx, e, request, func(request Request) (Result, error) { return e.amend(ctx, request, id, patch) })
}

func (e *Engine) amend(ctx context.Context, request Request, id string, patch Patch) (Result, error) {
	return e.commit(ctx, request, func(ctx context.Context) (store.Change, Result, error) {
		c, stored, err := e.load(ctx, id, workflow.Command{Transition: "-"})
		if err != nil {
			return store.Change{}, Result{}, err
		}
		if err := e.expected(ctx, request, c.Proposal); err != nil {
			return store.Change{}, Result{}, err
		}
		asked := workflow.Patch{
			Title: patch.Title, Description: patch.Description, Fields: patch.Fields, Tools: patch.Tools,
			Readings: patch.Readings, ReadingsReason: patch.ReadingsReason,
		}
		if patch.PartnerID != nil {
			partner, _, err := e.partnerOf(ctx, NewProposal{PartnerID: *patch.PartnerID}, c.Moment.Now)
			if err != nil {
				return store.Change{}, Result{}, err
			}
			asked.Partner = &partner
		}
		change, refusal := workflow.Amend(c, asked, workflow.Command{By: request.By})
		if refusal != nil {
			return store.Change{}, Result{}, refusal
		}
		change.Before.Partner = stored
		written, err := e.written(change, c.Facts, request.TraceParent)
		return written, resultOf(change), err
	})
}
