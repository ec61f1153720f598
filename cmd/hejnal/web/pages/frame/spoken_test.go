package frame_test

import (
	"html/template"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

func TestPeopleAreToldNoCodes(t *testing.T) {
	form := &workflow.Definition{Source: workflow.Source{}}
	form.Source.City.Documents = []workflow.Code{
		{ID: "resolution", Title: workflow.Text{PL: "Uchwała", EN: "Resolution"}}, {ID: "agreement_text", Title: workflow.Text{PL: "Tekst (załącznik)", EN: "Text (annex)"}},
	}
	for pl, want := range map[string]string{
		"Brakuje: Uchwała (resolution) albo Tekst (załącznik) (agreement_text) (dołącza: radca).": "Brakuje: Uchwała albo Tekst (załącznik) (dołącza: radca).",
		"Data (2026-11-30) jest po dziś (2026-11-29).":                                            "Data (30 listopada 2026) jest po dziś (29 listopada 2026).",
		"Inny (resolution)": "Inny (resolution)",
	} {
		page, err := template.New("").Funcs(frame.Functions("pl", form, form)).Parse("{{in .}}")
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		if err := page.Execute(&got, workflow.Text{PL: pl}); err != nil {
			t.Fatal(err)
		}
		if got := got.String(); got != want {
			t.Errorf("%q became %q, want %q", pl, got, want)
		}
	}
}
