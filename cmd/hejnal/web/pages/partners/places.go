package partners

import (
	"hejnal/workflow"
	"hejnal/workflow/country"
)

func countryTitle(code string) workflow.Text {
	if found, ok := country.Find(code); ok {
		return found.Name
	}
	return workflow.Text{PL: "nieznany", EN: "unknown"}
}

func continentTitle(id string) workflow.Text {
	for _, continent := range country.Continents() {
		if continent.ID == id {
			return continent.Title
		}
	}
	return workflow.Text{PL: "nieznany", EN: "unknown"}
}
