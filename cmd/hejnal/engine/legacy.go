package engine

import (
	"context"

	"hejnal/workflow"
)

// Legacy is a case that was concluded before the program. Its OccurredOn is empty where the sources do not tell.
type Legacy struct {
	NewProposal
	State   string
	Command workflow.Command // inputs: source, confidence, dates
}

// ImportLegacy enters a legacy case past the guards, marked as such.
func (e *Engine) ImportLegacy(ctx context.Context, request Request, legacy Legacy) (Result, error) {
	definition, ok := e.Form(legacy.Form)
	if !ok {
		return Result{}, e.unknownForm(legacy.Form)
	}
	return e.begin(ctx, request, legacy.NewProposal, func(written workflow.NewCase, moment workflow.Moment) (*workflow.Change, *workflow.Refusal) {
		command := legacy.Command
		command.OccurredOn, command.By = legacy.OccurredOn, request.By
		return workflow.Import(definition, written, legacy.State, command, moment)
	})
}
