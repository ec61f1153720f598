package cases

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

// Fields of the filters. The addresses of lists are made of them, elsewhere too.
const (
	textField    = "q"
	formField    = "forma"
	stageField   = "etap"
	stateField   = "stan"
	countryField = "kraj"
	partnerField = "partner"
	openField    = "w_toku"
	lateField    = "po_terminie"
	backField    = "zwrocone"
	sinceField   = "otwarte_od"
	mineField    = "moje"
)

// everyFilter lists the fields.
var everyFilter = []string{textField, formField, stageField, stateField, countryField, partnerField, openField, lateField, backField, sinceField, mineField}

// narrowing gathers what an address asks of a list of cases.
type narrowing struct {
	address frame.Address
	filter  store.CaseFilter
	form    frame.Form
	chosen  []frame.Chosen
	misread []frame.Misread
}

// narrow reads the filters of a request. A value that there is not narrows nothing, and is told.
func (p *pages) narrow(r *http.Request) (*narrowing, error) {
	n := &narrowing{address: frame.AddressOf(r)}
	n.filter = store.CaseFilter{Text: searched(n.address.Get(textField)), PageRequest: store.PageRequest{Limit: perPage, Cursor: r.URL.Query().Get(frame.CursorField)}}
	n.form.Fields = []frame.Field{{
		Name: textField, Kind: frame.Search, Value: n.filter.Text, Most: mostText, Label: workflow.Text{PL: "Szukaj", EN: "Search"},
		Hint: workflow.Text{PL: "Znak sprawy, słowa tytułu albo partner.", EN: "Case number, words of the title, or the partner."},
	}}
	if n.filter.Text != "" {
		n.choose(textField, workflow.Text{PL: "„" + n.filter.Text + "”", EN: "“" + n.filter.Text + "”"})
	}
	n.filter.Form = n.oneOf(formField, workflow.Text{PL: "Forma współpracy", EN: "Form of cooperation"}, workflow.Text{PL: "wszystkie", EN: "all"}, p.formOptions())
	n.filter.Stage = n.oneOf(stageField, workflow.Text{PL: "Etap", EN: "Stage"}, workflow.Text{PL: "wszystkie", EN: "all"}, p.stageOptions())
	n.filter.State = n.oneOf(stateField, workflow.Text{PL: "Stan", EN: "State"}, workflow.Text{PL: "wszystkie", EN: "all"}, p.stateOptions(n.filter.Form, n.filter.Stage))
	n.filter.Country = n.oneOf(countryField, workflow.Text{PL: "Kraj partnera", EN: "Partner's country"}, workflow.Text{PL: "wszystkie", EN: "all"}, frame.Countries(call.Of(r).Language))
	n.ticks(r, p.Engine.Today)
	n.openedSince()
	n.order()
	return n, p.ofPartner(r.Context(), n)
}

func (n *narrowing) choose(field string, title workflow.Text) {
	n.chosen = append(n.chosen, frame.Chosen{Title: title, Href: n.address.Without(field).String()})
}

// oneOf adds a field with options, and gives the one that the address asks for.
func (n *narrowing) oneOf(name string, label, none workflow.Text, options []frame.Option) string {
	field := frame.Field{Name: name, Kind: frame.Select, Label: label, None: none, Options: options}
	for _, option := range options {
		if option.Value == n.address.Get(name) {
			field.Value = option.Value
			n.choose(name, option.Title)
		}
	}
	if asked := n.address.Get(name); asked != "" && field.Value == "" {
		n.misread = append(n.misread, frame.Misread{Label: label, Value: asked})
	}
	n.form.Fields = append(n.form.Fields, field)
	return field.Value
}

// order reads the order of the list. It narrows nothing, so it is not among the filters in force.
func (n *narrowing) order() {
	field := frame.Field{Name: frame.SortField, Kind: frame.Select, Label: workflow.Text{PL: "Kolejność", EN: "Order"}, Options: sorts[1:], None: sorts[0].Title}
	if asked := n.address.Get(frame.SortField); slices.ContainsFunc(sorts, func(option frame.Option) bool { return option.Value == asked }) {
		n.filter.Sort, field.Value = asked, asked
	}
	n.form.Fields = append(n.form.Fields, field)
}

// ofPartner narrows to one partner, whose page leads here.
func (p *pages) ofPartner(ctx context.Context, n *narrowing) error {
	id := n.address.Get(partnerField)
	if !call.IsID(id) {
		return nil
	}
	partner, err := p.Store.Partner(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("load partner of filter: %w", err)
	}
	n.filter.PartnerID = id
	n.form.Fields = append(n.form.Fields, frame.Field{Name: partnerField, Kind: frame.Hidden, Value: id})
	n.choose(partnerField, frame.PlaceOf(partner.Partner))
	return nil
}

func (p *pages) formOptions() []frame.Option {
	var options []frame.Option
	for _, definition := range p.Engine.AllForms() {
		options = append(options, frame.Option{Value: definition.Form, Title: definition.Title})
	}
	return options
}

func (p *pages) stageOptions() []frame.Option {
	var options []frame.Option
	for _, stage := range p.Engine.Forms()[0].Source.City.Stages {
		options = append(options, frame.Option{Value: stage.ID, Title: stage.Title})
	}
	return options
}

// stateOptions are the states of the route of a form and stage; of every one where none is named.
func (p *pages) stateOptions(form, stage string) []frame.Option {
	var options []frame.Option
	for _, definition := range p.Engine.AllForms() {
		if form != "" && definition.Form != form {
			continue
		}
		for _, state := range definition.States {
			known := slices.ContainsFunc(options, func(option frame.Option) bool { return option.Value == state.ID })
			if state.Strand == workflow.Route && !known && (stage == "" || state.Stage == stage) {
				options = append(options, frame.Option{Value: state.ID, Title: state.Title})
			}
		}
	}
	return options
}
