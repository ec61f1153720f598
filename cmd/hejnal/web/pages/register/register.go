// Package register is the public register of what is agreed: the list with its search, and the page of every entry. Anybody may
// read it, and it shows nothing that is not public.
package register

import (
	"embed"
	"net/http"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/published"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "register", Templates: templates} }

type pages struct {
	*frame.Site
	groups *published.Groups
}

// Path is where the register is.
const Path = "/rejestr"

// Routes are the pages of the package.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site, groups: &published.Groups{}}
	return []frame.Route{
		{Method: http.MethodGet, Path: Path, Handle: p.list},
		{Method: http.MethodGet, Path: Path + "/{id}", Handle: p.entry},
		{Method: http.MethodGet, Path: Path + "/{id}.jsonld", Handle: p.linked, Plain: true},
		{Method: http.MethodGet, Path: Path + "/{id}/dokumenty/{document}", Handle: p.document, Plain: true},
	}
}
