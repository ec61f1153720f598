// Package opendata is the page of open data: what there is, what its columns mean, under which licence, and the catalogue that
// portals gather.
package opendata

import (
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/published"
	"hejnal/events"
	"hejnal/workflow"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "opendata", Templates: templates} }

type pages struct{ *frame.Site }

// Path is where the page of open data is.
const Path = "/dane"

// Routes are the pages of the package.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site}
	return []frame.Route{
		{Method: http.MethodGet, Path: Path, Handle: p.show},
		{Method: http.MethodGet, Path: Path + "/katalog.jsonld", Handle: p.catalogue, Plain: true},
		{Method: http.MethodGet, Path: Path + "/rejestr.csv-metadata.json", Handle: p.columns, Plain: true},
	}
}

// shown is what the page shows.
type shown struct {
	Columns []published.Column
	Forms   []*workflow.Definition
	Fields  []workflow.Code
	Licence string
	Most    int
	Subject string // of public events
	Stream  string
	Base    string
}

func (p *pages) show(w http.ResponseWriter, r *http.Request) error {
	forms := p.Engine.AllForms()
	title := frame.WordsOf(call.Of(r).Language).T("Otwarte dane", "Open data")
	return p.RenderOpen(w, r, http.StatusOK, frame.Page{Template: "opendata/opendata", Title: title, Main: shown{
		Columns: published.Columns, Forms: forms, Fields: forms[0].Source.City.Fields, Licence: p.Publisher.LicenceURL(), Most: published.MostRows,
		Subject: p.Subjects.AllPublic(), Stream: events.StreamPublic, Base: p.Base(r),
	}})
}

// object is a JSON object that is being written.
type object = map[string]any

func (p *pages) serve(w http.ResponseWriter, r *http.Request, kind string, written object) error {
	text, err := json.MarshalIndent(written, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", r.URL.Path, err)
	}
	w.Header().Set("Content-Type", kind)
	frame.ServeOpen(w, r, http.StatusOK, append(text, '\n'))
	return nil
}

// columns describes the table's columns as CSV on the Web has it.
func (p *pages) columns(w http.ResponseWriter, r *http.Request) error {
	var columns []object
	for _, column := range published.Columns {
		one := object{
			"name": column.Name, "titles": column.Name, "datatype": column.Kind,
			"dc:description": []object{{"@value": column.Doc.PL, "@language": "pl"}, {"@value": column.Doc.EN, "@language": "en"}},
		}
		if slices.Contains([]string{"fields", "resolutions", "ending_resolutions"}, column.Name) {
			one["separator"] = " "
		}
		columns = append(columns, one)
	}
	return p.serve(w, r, "application/csvm+json", object{
		"@context": []any{"http://www.w3.org/ns/csvw", object{"@language": "pl"}}, "url": p.Base(r) + "/api/v1/register.csv",
		"dc:title": "Rejestr współpracy międzynarodowej Miasta Krakowa", "dc:license": object{"@id": p.Publisher.LicenceURL()},
		"dialect":     object{"header": true, "encoding": "utf-8", "delimiter": ","},
		"tableSchema": object{"columns": columns, "primaryKey": "id"},
	})
}
