package web

import (
	"net/http"
	"slices"

	"hejnal/workflow"
	"hejnal/workflow/country"
)

// formsAnswer is what a proposal can be: the forms, and the code lists of the installation.
type formsAnswer struct {
	Items         []formAnswer    `json:"items"`
	NextCursor    string          `json:"next_cursor"`
	Fields        []workflow.Code `json:"fields"`
	Tools         []workflow.Code `json:"tools"`
	DocumentKinds []workflow.Code `json:"document_kinds"`
	Stages        []workflow.Code `json:"stages"`
	PartnerKinds  []workflow.Code `json:"partner_kinds"`
	Continents    []workflow.Code `json:"continents"`
}

// formAnswer is one form of cooperation.
type formAnswer struct {
	ID         string        `json:"id"`
	Title      workflow.Text `json:"title"`
	Summary    workflow.Text `json:"summary"`
	Result     workflow.Text `json:"result" doc:"what it ends in"`
	Definition workflow.Ref  `json:"definition"`
	Needs      needs         `json:"needs"`
}

// needs is what a form asks of whom.
type needs struct {
	Council        bool   `json:"council" doc:"a resolution of the City Council"`
	Majority       string `json:"majority" enum:",simple,statutory" doc:"statutory: more than half of the statutory composition; empty without the Council"`
	Minister       bool   `json:"minister" doc:"the minister's consent"`
	PresidentAlone bool   `json:"president_alone" doc:"the President decides alone"`
}

func formsOf(definitions []*workflow.Definition) formsAnswer {
	shown := formsAnswer{Items: []formAnswer{}, Continents: country.Continents()}
	for _, d := range definitions {
		shown.Items = append(shown.Items, formAnswer{
			ID: d.Form, Title: d.Title, Summary: d.Source.Summary, Result: d.Source.Result, Definition: d.Ref, Needs: needsOf(d),
		})
	}
	city := definitions[0].Source.City
	shown.Fields, shown.Tools, shown.DocumentKinds, shown.Stages = given(city.Fields), given(city.Tools), given(city.Documents), given(city.Stages)
	shown.PartnerKinds = given(city.Lists["partner_kinds"])
	return shown
}

func needsOf(d *workflow.Definition) needs {
	stage := func(id string) bool {
		return slices.ContainsFunc(d.States, func(state workflow.State) bool { return state.Stage == id })
	}
	council := stage("council")
	return needs{Council: council, Majority: d.Source.Constants["majority"], Minister: stage("consent"), PresidentAlone: !council}
}

func (s *server) listForms(w http.ResponseWriter, r *http.Request) error {
	return writeJSON(w, r, s.forms)
}

// city is what belongs to the installation and is the same in every form.
func (s *server) city() workflow.City { return s.Engine.Forms()[0].Source.City }

// formIDs lists the forms that a proposal may have, also the imported ones.
func (s *server) formIDs() []string {
	var ids []string
	for _, d := range s.Engine.AllForms() {
		ids = append(ids, d.Form)
	}
	return ids
}

func codeIDs(codes []workflow.Code) []string {
	var ids []string
	for _, code := range codes {
		ids = append(ids, code.ID)
	}
	return ids
}
