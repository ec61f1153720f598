package desk

import (
	"fmt"
	"net/http"
	"slices"

	"hejnal/workflow"
)

// decidedHere is how many tasks of the President a page explains in full; the others stand in the ordinary list.
const decidedHere = 10

// decision is a task of the President with all that is needed to decide it.
type decision struct {
	row
	Asked []asked
}

// asked is one of the acts that a task asks for.
type asked struct {
	Title     workflow.Text
	Href      string
	Help      workflow.Text
	Documents []paper
	Blocked   []workflow.Blocker
	Allowed   bool
}

// paper is a document that an act needs.
type paper struct {
	Title   workflow.Text
	Name    string // of the document that is there
	Href    string // of its file; empty: it is missing
	Missing bool
	Mine    bool // the reader attaches it with the act
}

// toDecide takes from the rows what waits for the President, where the reader is one, and explains it.
func (p *pages) toDecide(r *http.Request, rows []row, reader workflow.Person) (decisions []decision, others []row, err error) {
	for _, one := range rows {
		if one.Task.Role != workflow.President || !reader.Has(workflow.President) || len(decisions) == decidedHere {
			others = append(others, one)
			continue
		}
		explained, err := p.explained(r, one, reader)
		if err != nil {
			return nil, nil, err
		}
		decisions = append(decisions, explained)
	}
	return decisions, others, nil
}

func (p *pages) explained(r *http.Request, one row, reader workflow.Person) (decision, error) {
	definition, err := p.Engine.DefinitionOf(r.Context(), one.Case)
	if err != nil {
		return decision{}, err
	}
	actions, err := p.Engine.Explain(r.Context(), one.Case, reader)
	if err != nil {
		return decision{}, fmt.Errorf("explain case of task: %w", err)
	}
	explained := decision{row: one}
	for _, action := range actions {
		if !slices.Contains(one.Task.AsksFor, action.Transition) {
			continue
		}
		act := asked{Title: action.Title, Help: action.Help, Href: "/sprawy/" + one.Case.ID + "/czynnosci/" + action.Transition}
		act.Blocked = slices.DeleteFunc(slices.Clone(action.BlockedBy), func(b workflow.Blocker) bool { return b.Code == "document_missing" && reader.Has(b.Who...) })
		act.Allowed = len(act.Blocked) == 0
		for _, document := range action.RequiredDocuments {
			shown := paperOf(document, one.Case, definition)
			shown.Mine = shown.Missing && (len(document.By) == 0 || reader.Has(document.By...))
			act.Documents = append(act.Documents, shown)
		}
		explained.Asked = append(explained.Asked, act)
	}
	return explained, nil
}

// paperOf says of a document that an act needs whether it is there, and where.
func paperOf(needed workflow.AskedDocument, proposal workflow.Proposal, definition *workflow.Definition) paper {
	shown := paper{Missing: !needed.Present}
	for _, kind := range definition.Source.City.Documents {
		if slices.Contains(needed.AnyOf, kind.ID) {
			shown.Title = either(shown.Title, kind.Title)
		}
	}
	if shown.Missing {
		return shown
	}
	for _, document := range slices.Backward(proposal.Documents) {
		if slices.Contains(needed.AnyOf, document.Kind) {
			shown.Name, shown.Href = document.Title, "/sprawy/"+proposal.ID+"/dokumenty/"+document.ID
			break
		}
	}
	return shown
}

func either(one, other workflow.Text) workflow.Text {
	if one.IsZero() {
		return other
	}
	return workflow.Text{PL: one.PL + " albo " + other.PL, EN: one.EN + " or " + other.EN}
}
