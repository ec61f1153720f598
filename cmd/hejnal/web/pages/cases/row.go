package cases

import (
	"context"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// row is one case as a list shows it.
type row struct {
	Case  workflow.Proposal
	Form  workflow.Text
	State workflow.Text
	Kind  string // of the state: open, goal, end
	Place workflow.Text
	DueOn calendar.Date // of what is due first; empty: nothing is
	Today calendar.Date
}

// Late reports whether something of the case is past its day.
func (r row) Late() bool { return r.DueOn != "" && r.DueOn < r.Today }

// rows makes rows of at most a page of cases.
func (p *pages) rows(ctx context.Context, found []workflow.Proposal) ([]row, error) {
	shown := make([]row, 0, len(found))
	for _, proposal := range found {
		definition, err := p.Engine.DefinitionOf(ctx, proposal)
		if err != nil {
			return nil, err
		}
		one := row{Case: proposal, Form: definition.Title, Place: frame.PlaceOf(proposal.Partner), DueOn: frame.DueOn(proposal), Today: p.Engine.Today()}
		if state, ok := definition.State(workflow.Route, proposal.State); ok {
			one.State, one.Kind = state.Title, state.Kind
		} else {
			one.State = workflow.Text{PL: proposal.State, EN: proposal.State}
		}
		shown = append(shown, one)
	}
	return shown, nil
}
