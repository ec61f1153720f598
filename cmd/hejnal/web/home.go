package web

import (
	"bytes"
	_ "embed" // the page and its style
	"fmt"
	"html/template"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/draw"
)

//go:embed assets/home.html
var homeText string

//go:embed assets/hejnal.css
var style []byte

var homePage = template.Must(template.New("home").Parse(homeText))

// home is what the page at the root shows, in one language.
type home struct {
	Language, Other string // pl and en, or the other way round
	Forms           []homeForm
}

type homeForm struct {
	ID, Title, Summary, Result, Needs string
}

// T chooses between two texts by the language of the page.
func (h home) T(pl, en string) string { return workflow.Text{PL: pl, EN: en}.In(h.Language) }

func pageOperations(s *server) []operation {
	return []operation{
		{Method: get, Path: "/", ID: "home", Tag: "pages", Summary: "What this is, for people", Status: 200, Media: "text/html", Query: []parameter{{Name: "lang", Doc: "pl or en", Values: languages}}, handle: s.home},
		{Method: get, Path: "/assets/hejnal.css", ID: "style", Tag: "pages", Summary: "The style of the pages", Status: 200, Media: "text/css", handle: s.style},
		{Method: get, Path: "/diagrams/{form}", ID: "diagram", Tag: "pages", Summary: "The picture of a form in force", Status: 200, Media: "image/svg+xml", Query: []parameter{{Name: "lang", Doc: "pl or en", Values: languages}}, handle: s.diagram},
	}
}

var languages = []string{polish, english}

// pageLanguage is the language that the address asks for, or else that of the caller.
func pageLanguage(w http.ResponseWriter, r *http.Request) string {
	language := callOf(r).language
	if asked := r.URL.Query().Get("lang"); slices.Contains(languages, asked) {
		language = asked
	}
	setLanguage(w.Header(), language)
	return language
}

const pagePolicy = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

func (s *server) home(w http.ResponseWriter, r *http.Request) error {
	shown := home{Language: pageLanguage(w, r), Other: english}
	if shown.Language == english {
		shown.Other = polish
	}
	for _, form := range s.forms.Items {
		shown.Forms = append(shown.Forms, homeForm{
			ID: form.ID, Title: form.Title.In(shown.Language), Summary: form.Summary.In(shown.Language), Result: form.Result.In(shown.Language),
			Needs: form.Needs.text().In(shown.Language),
		})
	}
	var page bytes.Buffer
	if err := homePage.Execute(&page, shown); err != nil {
		return fmt.Errorf("render page: %w", err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", pagePolicy)
	write(w, r, http.StatusOK, page.Bytes())
	return nil
}

func (n needs) text() workflow.Text {
	switch {
	case n.PresidentAlone:
		return workflow.Text{PL: "Prezydent", EN: "President"}
	case n.Minister:
		return workflow.Text{PL: "Rada Miasta (bezwzględna większość ustawowego składu) i zgoda ministra", EN: "City Council (absolute majority of its statutory composition) and the minister's consent"}
	}
	return workflow.Text{PL: "Rada Miasta (zwykła większość)", EN: "City Council (simple majority)"}
}

func (s *server) style(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	write(w, r, http.StatusOK, style)
	return nil
}

func (s *server) diagram(w http.ResponseWriter, r *http.Request) error {
	definition, ok := s.Engine.Form(chi.URLParam(r, "form"))
	if !ok {
		return store.ErrNotFound
	}
	picture := draw.SVG(draw.FromDefinition(definition), draw.Options{Lang: pageLanguage(w, r)})
	w.Header().Set("Content-Type", "image/svg+xml")
	write(w, r, http.StatusOK, []byte(picture))
	return nil
}
