package partners

import (
	"slices"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/country"
)

// countryOptions are all countries by their names in a language.
func countryOptions(language string) []frame.Option {
	countries := country.All()
	slices.SortStableFunc(countries, func(a, b country.Country) int {
		return slices.Compare(store.CollationKey(a.Name.In(language)), store.CollationKey(b.Name.In(language)))
	})
	options := make([]frame.Option, len(countries))
	for i, one := range countries {
		options[i] = frame.Option{Value: one.Code, Title: one.Name}
	}
	return options
}

func countryTitle(code string) workflow.Text {
	if found, ok := country.Find(code); ok {
		return found.Name
	}
	return workflow.Text{PL: "nieznany", EN: "unknown"}
}

func continentOptions() []frame.Option {
	var options []frame.Option
	for _, continent := range country.Continents() {
		options = append(options, frame.Option{Value: continent.ID, Title: continent.Title})
	}
	return options
}

func continentTitle(id string) workflow.Text {
	for _, continent := range country.Continents() {
		if continent.ID == id {
			return continent.Title
		}
	}
	return workflow.Text{PL: "nieznany", EN: "unknown"}
}
