package engine

import (
	"context"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Legacy is a case that was concluded before the program.
type Legacy struct {
	NewProposal
	State      string
	OccurredOn calendar.Date // empty where the sources do not tell
	Command    workflow.Command
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
