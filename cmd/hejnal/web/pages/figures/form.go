package figures

import (
	"html/template"
	"net/http"

	"github.com/go-chi/chi/v5"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/draw"
)

// formPage is what the page of a form shows.
type formPage struct {
	*workflow.Definition
	Decides []workflow.Text
	procedure
	Wide, Narrow template.HTML
}

func (p *pages) form(w http.ResponseWriter, r *http.Request) error {
	definition, ok := p.Engine.Form(chi.URLParam(r, "form"))
	if !ok || definition.Source.OnlyImported {
		return store.ErrNotFound
	}
	language, graph := call.Of(r).Language, draw.FromDefinition(definition)
	return p.Render(w, r, http.StatusOK, frame.Page{
		Template: "figures/form", Title: definition.Title.In(language),
		Main: formPage{
			Definition: definition, Decides: decides(definition), procedure: procedureOf(definition, graph),
			Wide:   drawn(graph, draw.Options{Lang: language, Prefix: "wide-"}),
			Narrow: drawn(graph, draw.Options{Lang: language, Prefix: "narrow-", Narrow: true}),
		},
	})
}

// drawn is a drawing as part of a page.
func drawn(graph draw.Graph, options draw.Options) template.HTML {
	return template.HTML(draw.SVG(graph, options)) //nolint:gosec // The drawing escapes every text that it holds.
}

// decides says in words whose decisions the form needs: it follows from the stages that it goes through.
func decides(d *workflow.Definition) []workflow.Text {
	stages := map[string]bool{}
	for _, state := range d.States {
		stages[state.Stage] = true
	}
	if !stages["council"] {
		return []workflow.Text{{PL: "Prezydent Miasta, bez uchwały Rady", EN: "The President of the City, without a Council resolution"}}
	}
	council := workflow.Text{PL: "Rada Miasta Krakowa: uchwała, zwykła większość głosów", EN: "The Kraków City Council: a resolution by a simple majority of votes"}
	if d.Source.Constants["majority"] == "statutory" {
		council = workflow.Text{
			PL: "Rada Miasta Krakowa: uchwała, bezwzględna większość ustawowego składu Rady",
			EN: "The Kraków City Council: a resolution by an absolute majority of the Council's statutory composition",
		}
	}
	needed := []workflow.Text{council}
	if stages["consent"] {
		needed = append(needed, workflow.Text{
			PL: "Minister właściwy do spraw zagranicznych: zgoda w decyzji administracyjnej", EN: "The foreign minister: consent by an administrative decision",
		})
	}
	return needed
}
