package published

import (
	"context"
	"fmt"
	"slices"
	"time"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Standing is how a case stands before the public.
type Standing string

// A case is agreed when it is in the register; else it is under way, or it has ended without anything being agreed.
const (
	Agreed   Standing = "agreed"
	UnderWay Standing = "under_way"
	Ended    Standing = "ended"
)

// Case is what anybody may know of one case.
type Case struct {
	ID, Number, Form, Title string
	Partner                 workflow.Partner
	Fields                  []string
	Standing                Standing
	Register                workflow.Register // the zero value where it is not in the register
	Renewing                bool              // it goes on while its basis is being renewed
	Legacy                  bool
	State                   workflow.Text // after the last public act; of one that ended, the end
	Stage                   string
	EndedOn                 calendar.Date // of one that ended
	Acts                    []Act         // oldest first, at least one
	Documents               []workflow.Document
	Definition              *workflow.Definition // that the case began under
	InForce                 *workflow.Definition // of its form; that of the case where the form is gone

	proposal workflow.Proposal
}

// Cases are where cases and their histories are read.
type Cases interface {
	Case(ctx context.Context, id string) (workflow.Proposal, error)
	History(ctx context.Context, proposalID string, afterSeq int64, limit int) ([]store.Record, error)
}

// Definitions knows the definitions of cases, and those in force.
type Definitions interface {
	DefinitionOf(ctx context.Context, p workflow.Proposal) (*workflow.Definition, error)
	Form(id string) (*workflow.Definition, bool)
}

// most is how many acts of a case are read; a case of Kraków has some dozens.
const most = 10_000

// Find gives what anybody may know of a case. A case of which nothing is public is not found, as if there were none.
func Find(ctx context.Context, cases Cases, definitions Definitions, id string) (Case, error) {
	p, err := cases.Case(ctx, id)
	if err != nil {
		return Case{}, fmt.Errorf("load case: %w", err)
	}
	records, err := cases.History(ctx, id, 0, most)
	if err != nil {
		return Case{}, fmt.Errorf("load history: %w", err)
	}
	if !slices.ContainsFunc(records, func(record store.Record) bool { return record.Public != nil }) {
		return Case{}, store.ErrNotFound
	}
	definition, err := definitions.DefinitionOf(ctx, p)
	if err != nil {
		return Case{}, fmt.Errorf("find definition: %w", err)
	}
	inForce, ok := definitions.Form(p.Form)
	if !ok {
		inForce = definition
	}
	return of(p, definition, inForce, records)
}

func of(p workflow.Proposal, definition, inForce *workflow.Definition, records []store.Record) (Case, error) {
	c := Case{ID: p.ID, Form: p.Form, Register: p.Register, Legacy: p.Legacy, Definition: definition, InForce: inForce, proposal: p}
	var err error
	if c.Acts, err = actsOf(records); err != nil {
		return Case{}, err
	}
	c.Acts = corrected(definition, c.Acts)
	last := c.Acts[len(c.Acts)-1]
	c.Number, c.Title, c.Partner, c.Stage = last.Number, last.Title, last.Partner, last.Stage
	state, _ := definition.State(workflow.Route, last.State)
	now, _ := definition.State(workflow.Route, p.State)
	c.State, c.Standing = state.Title, UnderWay
	switch {
	case p.Register.Status != "":
		c.Standing, c.Title, c.Partner, c.Fields = Agreed, p.Title, p.Partner, p.Fields
		c.Renewing = inForce.BasisBeingRenewed(&p)
	case now.Kind == workflow.End:
		c.Standing, c.State, c.EndedOn = Ended, now.Title, p.Since[workflow.Route]
	}
	c.Documents, err = documentsOf(p, inForce, records)
	return c, err
}

// actsOf reads the public acts of a history.
func actsOf(records []store.Record) ([]Act, error) {
	var acts []Act
	for _, record := range records {
		if record.Public == nil {
			continue
		}
		act, err := Read(record)
		if err != nil {
			return nil, err
		}
		acts = append(acts, act)
	}
	return acts, nil
}

// First is when the public first heard of the case.
func (c Case) First() time.Time { return c.Acts[0].At }

// Changed is when the public last heard of it.
func (c Case) Changed() time.Time { return c.Acts[len(c.Acts)-1].At }

// City is what belongs to the installation.
func (c Case) City() workflow.City { return c.InForce.Source.City }
