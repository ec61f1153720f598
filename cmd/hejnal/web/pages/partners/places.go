package partners

import (
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/country"
)

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
