package partners

import (
	"context"
	"fmt"
	"net/http"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

// casesHere is how many cases of a partner its page shows; the list of cases has the rest.
const casesHere = 50

// What was just done, as the address tells it.
const (
	entered = "dodano"
	known   = "juz-jest"
	changed = "zmieniono"
)

// partner is what the page of a partner shows.
type partner struct {
	row
	Done     workflow.Text
	Register []agreed
	Groups   []group
	All      string // address of the list of all its cases
	More     bool   // there are others than those shown
	Keeps    bool
}

// agreed is a case that is in the register.
type agreed struct {
	entry
	Now bool // it is current
}

// group are cases of one kind of state.
type group struct {
	ID    string
	Title workflow.Text
	Cases []entry
}

// entry is one case of the partner.
type entry struct {
	Case  workflow.Proposal
	Form  workflow.Text
	State workflow.Text
	Kind  string
}

func (p *pages) show(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	found, err := p.Store.Partner(r.Context(), id)
	if err != nil {
		return fmt.Errorf("load partner: %w", err)
	}
	page, err := p.Store.ListCases(r.Context(), store.CaseFilter{PartnerID: id, PageRequest: store.PageRequest{Limit: casesHere}})
	if err != nil {
		return fmt.Errorf("list cases of partner: %w", err)
	}
	shown := partner{
		row: rowOf(found), Done: told(r.URL.Query().Get(frame.DoneField)), All: "/sprawy?partner=" + id, More: page.Next != "", Keeps: call.Of(r).By().Has(workflow.Official),
	}
	if err := p.gather(r.Context(), &shown, page.Items); err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, frame.Page{
		Template: "partners/show", Title: frame.WordsOf(call.Of(r).Language).In(frame.PlaceOf(found.Partner)), Main: shown,
	})
}

// gather puts the cases of a partner under the kinds of their states, and those of the register apart as well.
func (p *pages) gather(ctx context.Context, shown *partner, cases []workflow.Proposal) error {
	groups := map[string]*group{
		workflow.Open: {ID: "w-toku", Title: workflow.Text{PL: "W toku", EN: "Under way"}},
		workflow.Goal: {ID: "osiagniete", Title: workflow.Text{PL: "Zawarte i obowiązujące", EN: "Concluded and in operation"}},
		workflow.End:  {ID: "zakonczone", Title: workflow.Text{PL: "Zakończone", EN: "Ended"}},
	}
	for _, proposal := range cases {
		definition, err := p.Engine.DefinitionOf(ctx, proposal)
		if err != nil {
			return err
		}
		state, ok := definition.State(workflow.Route, proposal.State)
		if !ok {
			state = workflow.State{Kind: workflow.Open, Title: workflow.Text{PL: proposal.State, EN: proposal.State}}
		}
		one := entry{Case: proposal, Form: definition.Title, State: state.Title, Kind: state.Kind}
		groups[state.Kind].Cases = append(groups[state.Kind].Cases, one)
		if proposal.Register.Status != "" {
			shown.Register = append(shown.Register, agreed{entry: one, Now: proposal.Register.Status == workflow.RegisterCurrent})
		}
	}
	for _, kind := range []string{workflow.Open, workflow.Goal, workflow.End} {
		if len(groups[kind].Cases) > 0 {
			shown.Groups = append(shown.Groups, *groups[kind])
		}
	}
	return nil
}

// told puts what was just done into words.
func told(done string) workflow.Text {
	switch done {
	case entered:
		return workflow.Text{PL: "Dodano partnera.", EN: "The partner is entered."}
	case known:
		return workflow.Text{
			PL: "Ten partner już jest: ma tę samą nazwę, kraj i rodzaj. Niczego nie dodano; to jego strona.",
			EN: "This partner is known already: it has the same name, country and kind. Nothing was added; this is its page.",
		}
	case changed:
		return workflow.Text{PL: "Zapisano zmiany. Sprawy już złożone zachowują dane, z którymi je oceniono.", EN: "The changes are saved. Cases that were proposed keep the data they were judged on."}
	}
	return workflow.Text{}
}
