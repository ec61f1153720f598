// Package away is who acts for whom during absence: the substitutions of a reader, and the forms by which they are set and
// ended. Who may set and end one is for the engine to say.
package away

import (
	"embed"
	"net/http"

	"hejnal/cmd/hejnal/web/pages/frame"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "away", Templates: templates} }

const (
	listPath = "/zastepstwa"
	newPath  = "/zastepstwa/nowe"
)

type pages struct{ *frame.Site }

// Routes are the pages of the package.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site}
	return []frame.Route{
		{Method: http.MethodGet, Path: listPath, Access: frame.Readers, Handle: p.list},
		{Method: http.MethodGet, Path: newPath, Access: frame.Readers, Handle: p.ask},
		{Method: http.MethodPost, Path: newPath, Access: frame.Readers, Handle: p.set},
		{Method: http.MethodPost, Path: "/zastepstwa/{id}/zakoncz", Access: frame.Readers, Handle: p.end, Plain: true},
	}
}
