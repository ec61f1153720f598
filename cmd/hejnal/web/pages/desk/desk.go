// Package desk is what waits for somebody: their own tasks, those of their roles, and who has which. What a task asks for is
// done on the case's own pages; here it is found, taken, given back and handed to somebody else.
package desk

import (
	"embed"
	"net/http"

	"hejnal/cmd/hejnal/web/pages/frame"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "desk", Templates: templates} }

// Addresses of the pages.
const (
	minePath  = "/zadania"
	queuePath = "/zadania/grupa"
)

type pages struct{ *frame.Site }

// Routes are the pages of the package.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site}
	return []frame.Route{
		{Method: http.MethodGet, Path: minePath, Access: frame.Readers, Handle: p.mine},
		{Method: http.MethodGet, Path: queuePath, Access: frame.Readers, Handle: p.queue},
		{Method: http.MethodPost, Path: "/zadania/{id}/wez", Access: frame.Readers, Handle: p.claim, Plain: true},
		{Method: http.MethodPost, Path: "/zadania/{id}/oddaj", Access: frame.Readers, Handle: p.release, Plain: true},
		{Method: http.MethodGet, Path: "/zadania/{id}/przydziel", Access: frame.Readers, Handle: p.askAssign},
		{Method: http.MethodPost, Path: "/zadania/{id}/przydziel", Access: frame.Readers, Handle: p.assign},
	}
}
