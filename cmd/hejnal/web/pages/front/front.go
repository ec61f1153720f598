// Package front is the first page, and the pictures of the forms that it leads to.
package front

import (
	"embed"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"hejnal/cmd/hejnal/web/assets"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/draw"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "front", Templates: templates} }

type pages struct{ *frame.Site }

// Routes are the pages of the package, and the files that every page loads.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site}
	return []frame.Route{
		{Method: http.MethodGet, Path: "/", Handle: p.home},
		{Method: http.MethodGet, Path: "/diagrams/{form}", Handle: p.diagram, Plain: true},
		{Method: http.MethodGet, Path: assets.Prefix + "{name}", Handle: p.asset, Plain: true},
	}
}

// home is what the first page shows.
type home struct {
	Forms []*workflow.Definition
	// Moves says that the reader has tasks, Reads that they read cases, Opens that they open some.
	Moves, Reads, Opens bool
}

func (p *pages) home(w http.ResponseWriter, r *http.Request) error {
	c := call.Of(r)
	return p.Render(w, r, http.StatusOK, frame.Page{
		Template: "front/home", Title: frame.WordsOf(c.Language).T("Współpraca międzynarodowa Miasta Krakowa", "International cooperation of the City of Kraków"),
		Main: home{
			Forms: p.Engine.Forms(), Moves: slices.ContainsFunc(c.Person.Roles, workflow.Role.Moves),
			Opens: slices.ContainsFunc(p.Engine.Forms(), func(d *workflow.Definition) bool { return d.MayBegin(c.By()) == nil }),
			Reads: slices.ContainsFunc(c.Person.Roles, workflow.Role.Reads),
		},
	})
}

func (p *pages) diagram(w http.ResponseWriter, r *http.Request) error {
	definition, ok := p.Engine.Form(chi.URLParam(r, "form"))
	if !ok {
		return store.ErrNotFound
	}
	picture := draw.SVG(draw.FromDefinition(definition), draw.Options{Lang: call.Of(r).Language})
	w.Header().Set("Content-Type", "image/svg+xml")
	// Nobody is left to be told that the reader has gone.
	_, _ = w.Write([]byte(picture))
	return nil
}

func (p *pages) asset(w http.ResponseWriter, r *http.Request) error {
	if !assets.Serve(w, r, chi.URLParam(r, "name")) {
		return fault.ErrNoRoute
	}
	return nil
}
