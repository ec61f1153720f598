// Package cases is where cases are found: the list with its filters, and one search over cases, partners and the register.
package cases

import (
	"embed"
	"net/http"

	"hejnal/cmd/hejnal/web/pages/frame"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "cases", Templates: templates} }

const (
	listPath   = "/sprawy"
	searchPath = "/szukaj"
)

type pages struct{ *frame.Site }

// Routes are the pages of the package.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site}
	return []frame.Route{
		{Method: http.MethodGet, Path: listPath, Access: frame.Readers, Handle: p.list},
		{Method: http.MethodGet, Path: searchPath, Handle: p.search},
	}
}
