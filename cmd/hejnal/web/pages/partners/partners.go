// Package partners is whom the City works with abroad: the list, the page of each with everything that was agreed and is under
// way, and the forms by which officials keep their data.
package partners

import (
	"embed"
	"net/http"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "partners", Templates: templates} }

const (
	listPath = "/partnerzy"
	newPath  = "/partnerzy/nowy"
	onePath  = "/partnerzy/{id}"
	editPath = "/partnerzy/{id}/zmien"
)

type pages struct{ *frame.Site }

// Routes are the pages of the package.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site}
	return []frame.Route{
		{Method: http.MethodGet, Path: listPath, Access: frame.Readers, Handle: p.list},
		{Method: http.MethodGet, Path: newPath, Access: frame.Readers, Handle: p.askNew},
		{Method: http.MethodPost, Path: newPath, Access: frame.Readers, Handle: p.enter},
		{Method: http.MethodGet, Path: onePath, Access: frame.Readers, Handle: p.show},
		{Method: http.MethodGet, Path: editPath, Access: frame.Readers, Handle: p.askChange},
		{Method: http.MethodPost, Path: editPath, Access: frame.Readers, Handle: p.change},
	}
}

// kinds are what a partner can be.
var kinds = []frame.Option{
	{Value: "city", Title: workflow.Text{PL: "miasto", EN: "city"}},
	{Value: "region", Title: workflow.Text{PL: "region", EN: "region"}},
	{Value: "organisation", Title: workflow.Text{PL: "organizacja", EN: "organisation"}},
}

func kindTitle(id string) workflow.Text {
	for _, kind := range kinds {
		if kind.Value == id {
			return kind.Title
		}
	}
	return workflow.Text{PL: id, EN: id}
}
