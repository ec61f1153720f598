// Package places shows the register by where its partners are: by continent and country, and each partner with what it agreed.
package places

import (
	"embed"
	"net/http"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/published"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "places", Templates: templates} }

type pages struct {
	*frame.Site
	groups *published.Groups
}

// Routes are the pages of the package.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site, groups: &published.Groups{}}
	return []frame.Route{
		{Method: http.MethodGet, Path: "/kraje", Handle: p.world},
		{Method: http.MethodGet, Path: "/kraje/{country}", Handle: p.country},
		{Method: http.MethodGet, Path: "/miasta/{id}", Handle: p.partner},
	}
}
