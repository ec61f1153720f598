package opening

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/country"
)

// partnerView is what the page that asks for the partner shows.
type partnerView struct {
	Hub    string
	Path   string
	Asked  string // what was searched for
	Found  []foundPartner
	More   bool // there are more than are shown
	Search frame.Field
	Form   frame.Form
}

type foundPartner struct {
	store.Partner
	CountryName workflow.Text
	Chosen      bool
}

// newPartnerForm is the form for a partner that is not known yet.
func (p *pages) newPartnerForm(d draft, definition *workflow.Definition, words frame.Words) frame.Form {
	entered := engine.NewPartner{}
	if d.Partner != nil {
		entered = *d.Partner
	}
	kinds := frame.Field{Name: "kind", Kind: frame.Choice, Label: workflow.Text{PL: "Czym jest partner?", EN: "What is the partner?"}, Value: entered.Kind, Options: frame.OptionsOf(definition.Source.City.Lists["partner_kinds"])}
	countries := frame.Field{Name: "country", Kind: frame.Select, Label: workflow.Text{PL: "Kraj", EN: "Country"}, Value: entered.Country, Options: frame.Countries(words.Language)}
	return frame.Form{Fields: []frame.Field{
		{Name: "name", Kind: frame.Line, Label: workflow.Text{PL: "Nazwa po polsku", EN: "Name in Polish"}, Value: entered.Name, Most: 200},
		{Name: "native_name", Kind: frame.Line, Label: workflow.Text{PL: "Nazwa w języku partnera", EN: "Name in the partner's language"}, Value: entered.NativeName, Optional: true, Most: 200},
		countries, kinds,
		{
			Name: "wikidata", Kind: frame.Line, Label: workflow.Text{PL: "Identyfikator Wikidata", EN: "Wikidata id"}, Value: entered.Wikidata, Optional: true, Most: 20,
			Hint: workflow.Text{PL: "Na przykład Q1726.", EN: "For example Q1726."},
		},
	}}
}

func (p *pages) askPartner(w http.ResponseWriter, r *http.Request) error {
	d, definition, err := p.draft(r)
	if err != nil {
		return err
	}
	words := frame.WordsOf(call.Of(r).Language)
	return p.showPartner(w, r, http.StatusOK, d, p.newPartnerForm(d, definition, words))
}

func (p *pages) showPartner(w http.ResponseWriter, r *http.Request, status int, d draft, form frame.Form) error {
	words := frame.WordsOf(call.Of(r).Language)
	asked := strings.TrimSpace(r.URL.Query().Get("q"))
	shown := partnerView{Hub: d.path(), Path: d.path() + "/partner", Asked: asked, Form: form, Search: frame.Field{
		Name: "q", Kind: frame.Search, Label: workflow.Text{PL: "Szukaj wśród znanych partnerów", EN: "Search among the known partners"}, Value: asked, Optional: true, Most: 200,
		Hint: workflow.Text{PL: "Nazwa miasta, regionu albo organizacji; polskie znaki nie mają znaczenia.", EN: "The name of a city, region or organisation; diacritics do not matter."},
	}}
	page, err := p.Store.ListPartners(r.Context(), store.PartnerFilter{Text: asked, PageRequest: store.PageRequest{Limit: 20}})
	if err != nil {
		return fmt.Errorf("list partners: %w", err)
	}
	for _, partner := range page.Items {
		one := foundPartner{Partner: partner, Chosen: partner.ID == d.PartnerID}
		if c, ok := country.Find(partner.Country); ok {
			one.CountryName = c.Name
		}
		shown.Found = append(shown.Found, one)
	}
	shown.More = page.Next != ""
	return p.Render(w, r, status, frame.Page{Template: "opening/partner", Title: words.T("Partner – nowa propozycja", "Partner – new proposal"), Main: shown, Wrong: form.Wrong()})
}

func (p *pages) choosePartner(w http.ResponseWriter, r *http.Request) error {
	d, definition, err := p.draft(r)
	if err != nil {
		return err
	}
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	form := p.newPartnerForm(d, definition, frame.WordsOf(call.Of(r).Language))
	if id := sent.Values.Get("partner_id"); id != "" && !sent.Restored {
		if _, err := p.Store.Partner(r.Context(), id); err != nil {
			return fmt.Errorf("load partner: %w", err)
		}
		d.PartnerID, d.Partner = id, nil
		return p.next(w, r, d)
	}
	form.Fill(sent)
	if sent.Restored {
		return p.showPartner(w, r, http.StatusOK, d, form)
	}
	form.Require()
	d.PartnerID = ""
	d.Partner = &engine.NewPartner{
		Name: form.Field("name").Value, NativeName: form.Field("native_name").Value, Country: form.Field("country").Value, Kind: form.Field("kind").Value,
		Wikidata: form.Field("wikidata").Value,
	}
	if form.Wrong() {
		return p.showPartner(w, r, http.StatusUnprocessableEntity, d, form)
	}
	// What is wrong with the partner is said here already; the rest of the draft is judged when it is there.
	var refusal *workflow.Refusal
	if _, err := p.Engine.Foresee(r.Context(), engine.Request{By: call.Of(r).By()}, d.proposal()); errors.As(err, &refusal) {
		for _, wrong := range refusal.Errors {
			if field, ok := strings.CutPrefix(wrong.Pointer, "/partner/"); ok {
				form.Refuse(field, wrong.Message.PL, wrong.Message.EN)
			}
		}
	} else if err != nil {
		return err
	}
	if form.Wrong() {
		return p.showPartner(w, r, http.StatusUnprocessableEntity, d, form)
	}
	return p.next(w, r, d)
}

// next keeps the draft and leads to the next page that lacks something.
func (p *pages) next(w http.ResponseWriter, r *http.Request, d draft) error {
	if err := p.keep(r, d); err != nil {
		return err
	}
	to := d.path()
	if d.Title == "" {
		to += "/tresc"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}
