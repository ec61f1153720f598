package places

import (
	"net/http"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/published"
	"hejnal/workflow"
	"hejnal/workflow/country"
)

// world is what the page of all countries shows.
type world struct {
	Continents    []continent
	Countries     int
	Current, Past int
}

type continent struct {
	workflow.Code
	Countries []*land
}

// land is one country with how much it has in the register.
type land struct {
	Code          string
	Name          workflow.Text
	Current, Past int
	Forms         []workflow.Text
}

func (p *pages) world(w http.ResponseWriter, r *http.Request) error {
	groups, err := p.groups.Of(r.Context(), p.Store, p.Now())
	if err != nil {
		return err
	}
	language := call.Of(r).Language
	shown := world{}
	lands := map[string]*land{}
	byContinent := map[string][]*land{}
	for _, group := range groups {
		one, seen := lands[group.Country]
		if !seen {
			one = &land{Code: group.Country, Name: published.Country(group.Country)}
			lands[group.Country] = one
			found, _ := country.Find(group.Country)
			byContinent[found.Continent] = append(byContinent[found.Continent], one)
		}
		one.Current, one.Past = one.Current+group.Current, one.Past+group.Past
		shown.Current, shown.Past = shown.Current+group.Current, shown.Past+group.Past
		if definition, ok := p.Engine.Form(group.Form); ok {
			one.Forms = append(one.Forms, definition.Title)
		}
	}
	shown.Countries = len(lands)
	if lands[""] != nil {
		shown.Countries--
	}
	elsewhere := workflow.Code{Title: workflow.Text{PL: "Kraj nieznany", EN: "Country not known"}}
	for _, code := range append(country.Continents(), elsewhere) {
		if found := byContinent[code.ID]; len(found) > 0 {
			frame.InOrder(found, func(one *land) string { return one.Name.In(language) })
			shown.Continents = append(shown.Continents, continent{code, found})
		}
	}
	title := frame.WordsOf(language).T("Współpraca według krajów", "Cooperation by country")
	return p.RenderOpen(w, r, http.StatusOK, frame.Page{Template: "places/world", Title: title, Main: shown})
}
