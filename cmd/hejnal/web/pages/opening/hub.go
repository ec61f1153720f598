package opening

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/go-chi/chi/v5"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/country"
)

// hubView is what the page over all topics of a new proposal shows.
type hubView struct {
	Draft     draft
	Path      string
	Form      workflow.Text
	Summary   workflow.Text
	Entails   workflow.Text
	Partner   string
	Country   workflow.Text
	Fields    []workflow.Text
	Tools     []workflow.Text
	Ready     bool
	Next      string             // address of the first topic that lacks something; empty: none
	Ahead     []workflow.Blocker // what the program will say about it
	Before    []before           // cases with the same partner
	Documents []workflow.Text    // that the form needs on its way
	Wrong     wrongs
}

// before is a case with the same partner.
type before struct {
	Href, Title, Number string
	State               workflow.Text
	Kind                string
	Form                workflow.Text
}

func (p *pages) hub(w http.ResponseWriter, r *http.Request) error {
	d, definition, err := p.draft(r)
	if err != nil {
		return err
	}
	return p.showHub(w, r, http.StatusOK, d, definition, nil)
}

func (p *pages) showHub(w http.ResponseWriter, r *http.Request, status int, d draft, definition *workflow.Definition, wrong wrongs) error {
	shown := hubView{
		Draft: d, Path: d.path(), Form: definition.Title, Summary: definition.Source.Summary, Entails: entails(definition), Wrong: wrong,
		Ready: d.Title != "" && (d.PartnerID != "" || d.Partner != nil), Documents: documentsOf(definition),
	}
	for _, id := range d.Fields {
		shown.Fields = append(shown.Fields, frame.TitleOf(definition.Source.City.Fields, id))
	}
	for _, id := range d.Tools {
		shown.Tools = append(shown.Tools, frame.TitleOf(definition.Source.City.Tools, id))
	}
	if err := p.partner(r.Context(), d, &shown); err != nil {
		return err
	}
	switch {
	case d.PartnerID == "" && d.Partner == nil:
		shown.Next = d.path() + "/partner"
	case d.Title == "":
		shown.Next = d.path() + "/tresc"
	}
	if shown.Ready {
		if err := p.ahead(r, d, definition, &shown); err != nil {
			return err
		}
	}
	words := frame.WordsOf(call.Of(r).Language)
	return p.Render(w, r, status, frame.Page{Template: "opening/hub", Title: words.T("Nowa propozycja: ", "New proposal: ") + words.In(definition.Title), Main: shown, Wrong: len(shown.Wrong) > 0})
}

// partner names the partner of a draft, and the cases that there are with it.
func (p *pages) partner(ctx context.Context, d draft, shown *hubView) error {
	code, id := "", d.PartnerID
	switch {
	case d.PartnerID != "":
		partner, err := p.Store.Partner(ctx, d.PartnerID)
		if err != nil {
			return fmt.Errorf("load partner: %w", err)
		}
		shown.Partner, code = partner.Name, partner.Country
	case d.Partner != nil:
		shown.Partner, code = d.Partner.Name, d.Partner.Country
		known, err := p.Store.PartnerByName(ctx, store.Fold(d.Partner.Name), d.Partner.Country, d.Partner.Kind)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("look for partner: %w", err)
		}
		id = known.ID
	}
	if found, ok := country.Find(code); ok {
		shown.Country = found.Name
	}
	if id == "" {
		return nil
	}
	page, err := p.Store.ListCases(ctx, store.CaseFilter{PartnerID: id, PageRequest: store.PageRequest{Limit: 10}})
	if err != nil {
		return fmt.Errorf("list cases with the partner: %w", err)
	}
	for _, known := range page.Items {
		definition, err := p.Engine.DefinitionOf(ctx, known)
		if err != nil {
			return err
		}
		state, _ := definition.State(workflow.Route, known.State)
		shown.Before = append(shown.Before, before{
			Href: "/sprawy/" + known.ID, Title: known.Title, Number: known.Number, State: state.Title, Kind: state.Kind, Form: definition.Title,
		})
	}
	return nil
}

// besideRules are the codes of blockers that say nothing about the proposal itself.
var besideRules = []string{"role", "document_missing", "four_eyes", "too_early"}

// ahead are the rules that stand against the first acts of the proposal, once each.
func (p *pages) ahead(r *http.Request, d draft, definition *workflow.Definition, shown *hubView) error {
	actions, err := p.Engine.Foresee(r.Context(), engine.Request{By: call.Of(r).By()}, d.proposal())
	var refusal *workflow.Refusal
	if errors.As(err, &refusal) {
		shown.Wrong, shown.Ready = p.wrongsOf(r, d, definition, refusal), false
		return nil
	}
	if err != nil {
		return err
	}
	var seen []string
	for _, action := range actions {
		for _, blocker := range action.BlockedBy {
			if slices.Contains(besideRules, blocker.Code) || slices.Contains(seen, blocker.Code) {
				continue
			}
			seen = append(seen, blocker.Code)
			shown.Ahead = append(shown.Ahead, blocker)
		}
	}
	return nil
}

// open opens the proposal, once however often it is asked for, and drops the draft.
func (p *pages) open(w http.ResponseWriter, r *http.Request) error {
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	// The draft is gone once the case is there, or goes now.
	once := onceOf(r)
	if led, err := p.LedBefore(r, once); err != nil || led != "" {
		return p.opened(w, r, led, err)
	}
	d, definition, err := p.draft(r)
	if err != nil {
		return err
	}
	if sent.Restored {
		return p.showHub(w, r, http.StatusOK, d, definition, nil)
	}
	result, err := p.Engine.Propose(r.Context(), p.Request(r, once, 0, func(result engine.Result) string { return "/sprawy/" + result.Proposal.ID }), d.proposal())
	var refusal *workflow.Refusal
	switch {
	case errors.As(err, &refusal) && refusal.Kind == workflow.Invalid:
		return p.showHub(w, r, http.StatusUnprocessableEntity, d, definition, p.wrongsOf(r, d, definition, refusal))
	case errors.Is(err, store.ErrKeyUsed):
		led, err := p.LedBefore(r, once)
		return p.opened(w, r, led, err)
	case err != nil:
		return err
	}
	call.Of(r).Created = result.Proposal.ID
	return p.opened(w, r, "/sprawy/"+result.Proposal.ID, nil)
}

// orCase answers as handle does; where a draft is gone because it has become a case, it leads there.
func (p *pages) orCase(handle func(w http.ResponseWriter, r *http.Request) error) func(w http.ResponseWriter, r *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		err := handle(w, r)
		if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		opening := r.Clone(r.Context())
		opening.Method, opening.URL.Path = http.MethodPost, Path+"/"+chi.URLParam(r, "draft")
		led, lookup := p.LedBefore(opening, onceOf(r))
		if lookup != nil || led == "" {
			return errors.Join(err, lookup)
		}
		http.Redirect(w, r, led, http.StatusSeeOther)
		return nil
	}
}

// onceOf makes one case of a draft, in whichever tab it is opened, and however often.
func onceOf(r *http.Request) url.Values {
	return url.Values{frame.KeyField: {"draft " + chi.URLParam(r, "draft")}}
}

// opened drops the draft and leads to its case.
func (p *pages) opened(w http.ResponseWriter, r *http.Request, led string, err error) error {
	if err != nil {
		return err
	}
	if err := p.Store.DropDraft(r.Context(), chi.URLParam(r, "draft"), call.Of(r).Person.ID); err != nil {
		return fmt.Errorf("drop draft: %w", err)
	}
	http.Redirect(w, r, led+"?"+frame.DoneField+"="+frame.DoneOpened, http.StatusSeeOther)
	return nil
}
