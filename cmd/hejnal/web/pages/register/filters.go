package register

import (
	"net/http"
	"slices"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/published"
	"hejnal/workflow"
	"hejnal/workflow/country"
)

// form is the filters of the register.
func (p *pages) form(r *http.Request, address frame.Address) (frame.Form, error) {
	codes, err := p.countries(r)
	if err != nil {
		return frame.Form{}, err
	}
	all := workflow.Text{PL: "wszystkie", EN: "all"}
	var forms []frame.Option
	for _, definition := range p.Engine.AllForms() {
		forms = append(forms, frame.Option{Value: definition.Form, Title: definition.Title})
	}
	fields := p.Engine.AllForms()[0].Source.City.Fields
	return frame.Form{Fields: []frame.Field{
		{Name: "q", Kind: frame.Search, Label: workflow.Text{PL: "Szukaj", EN: "Search"}, Hint: workflow.Text{PL: "Miasto, organizacja, tytuł albo numer", EN: "City, organisation, title or number"}, Most: 200},
		{Name: "form", Kind: frame.Select, Label: workflow.Text{PL: "Forma", EN: "Form"}, Options: forms, None: all},
		{Name: "status", Kind: frame.Select, Label: workflow.Text{PL: "Stan", EN: "Status"}, None: all, Options: []frame.Option{
			{Value: workflow.RegisterCurrent, Title: workflow.Text{PL: "obowiązujące", EN: "current"}}, {Value: workflow.RegisterPast, Title: workflow.Text{PL: "zakończone", EN: "past"}},
		}},
		{Name: "country", Kind: frame.Select, Label: workflow.Text{PL: "Kraj", EN: "Country"}, Options: countryOptions(codes, address.Get("country"), call.Of(r).Language), None: all},
		{Name: "continent", Kind: frame.Select, Label: workflow.Text{PL: "Kontynent", EN: "Continent"}, Options: frame.OptionsOf(country.Continents()), None: all},
		{Name: "field", Kind: frame.Select, Label: workflow.Text{PL: "Dziedzina", EN: "Field"}, Options: frame.OptionsOf(fields), None: all},
		{Name: "year_from", Kind: frame.Number, Label: workflow.Text{PL: "Początek od roku", EN: "Began from the year"}, Most: 4},
		{Name: "year_to", Kind: frame.Number, Label: workflow.Text{PL: "Początek do roku", EN: "Began up to the year"}, Most: 4},
	}}, nil
}

// countryOptions are countries by their names in a language, with the one that an address asks for.
func countryOptions(codes []string, asked, language string) []frame.Option {
	if _, known := country.Find(asked); known && !slices.Contains(codes, asked) {
		codes = append(slices.Clone(codes), asked)
	}
	var all []frame.Option
	for _, code := range codes {
		all = append(all, frame.Option{Value: code, Title: published.Country(code)})
	}
	frame.InOrder(all, func(option frame.Option) string { return option.Title.In(language) })
	return all
}

// countries are those that the register has.
func (p *pages) countries(r *http.Request) ([]string, error) {
	groups, err := p.groups.Of(r.Context(), p.Store, p.Now())
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, group := range groups {
		if group.Country != "" && !slices.Contains(codes, group.Country) {
			codes = append(codes, group.Country)
		}
	}
	return codes, nil
}
