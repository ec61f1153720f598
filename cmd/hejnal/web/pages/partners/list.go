package partners

import (
	"fmt"
	"net/http"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

// perPage is how many partners a page shows.
const perPage = 50

// Fields of the filters.
const (
	textField    = "q"
	kindField    = "rodzaj"
	countryField = "kraj"
)

// list is what the page of partners shows.
type list struct {
	Filters frame.Form
	Chosen  []frame.Chosen
	Clear   string
	Rows    []row
	Result  workflow.Text
	Next    string
	First   string // address of the first page; empty where this is it
	Keeps   bool   // the reader keeps partners
}

// row is one partner.
type row struct {
	store.Partner
	In   workflow.Text // country
	What workflow.Text // kind
	On   workflow.Text // continent
}

func rowOf(partner store.Partner) row {
	return row{Partner: partner, In: countryTitle(partner.Country), What: kindTitle(partner.Kind), On: continentTitle(partner.Continent)}
}

func (p *pages) list(w http.ResponseWriter, r *http.Request) error {
	c, address := call.Of(r), frame.AddressOf(r)
	filter := store.PartnerFilter{Text: address.Get(textField), PageRequest: store.PageRequest{Limit: perPage, Cursor: r.URL.Query().Get(frame.CursorField)}}
	shown := list{Clear: address.Without(textField, kindField, countryField).String(), Keeps: c.By().Has(workflow.Official)}
	shown.narrow(&filter, address, c.Language)
	page, err := p.Store.ListPartners(r.Context(), filter)
	if err != nil {
		return fmt.Errorf("list partners: %w", err)
	}
	for _, partner := range page.Items {
		shown.Rows = append(shown.Rows, rowOf(partner))
	}
	shown.Next = address.Next(page.Next)
	if filter.Cursor != "" {
		shown.First = address.String()
	}
	count := len(shown.Rows)
	shown.Result = workflow.Text{PL: frame.WordsOf(call.Polish).Count(count, "partner|partnerzy|partnerów", ""), EN: frame.WordsOf(call.English).Count(count, "", "partner|partners")}
	if shown.Next != "" {
		shown.Result = workflow.Text{PL: shown.Result.PL + " na tej stronie, na następnej są dalsi", EN: shown.Result.EN + " on this page, more on the next"}
	}
	return p.Render(w, r, http.StatusOK, frame.Page{Template: "partners/list", Title: frame.WordsOf(c.Language).T("Partnerzy", "Partners"), Main: shown})
}

// narrow reads the filters of the address. A value that there is not narrows nothing.
func (l *list) narrow(filter *store.PartnerFilter, address frame.Address, language string) {
	all := workflow.Text{PL: "wszystkie", EN: "all"}
	l.Filters.Fields = []frame.Field{
		{
			Name: textField, Kind: frame.Search, Value: filter.Text, Most: 200, Label: workflow.Text{PL: "Nazwa", EN: "Name"},
			Hint: workflow.Text{PL: "Po polsku albo w języku partnera.", EN: "In Polish or in the partner's language."},
		},
		{Name: kindField, Kind: frame.Select, Label: workflow.Text{PL: "Rodzaj", EN: "Kind"}, None: all, Options: kinds},
		{Name: countryField, Kind: frame.Select, Label: workflow.Text{PL: "Kraj", EN: "Country"}, None: all, Options: frame.Countries(language)},
	}
	if filter.Text != "" {
		l.Chosen = append(l.Chosen, frame.Chosen{Title: workflow.Text{PL: "„" + filter.Text + "”", EN: "“" + filter.Text + "”"}, Href: address.Without(textField).String()})
	}
	for i := range l.Filters.Fields[1:] {
		field := &l.Filters.Fields[i+1]
		for _, option := range field.Options {
			if option.Value == address.Get(field.Name) {
				field.Value = option.Value
				l.Chosen = append(l.Chosen, frame.Chosen{Title: option.Title, Href: address.Without(field.Name).String()})
			}
		}
	}
	filter.Kind, filter.Country = l.Filters.Field(kindField).Value, l.Filters.Field(countryField).Value
}
