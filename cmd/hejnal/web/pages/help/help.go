// Package help says in plain words how the main things are done, what the terms mean, and whom to ask.
package help

import (
	"embed"
	"net/http"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "help", Templates: templates} }

type pages struct{ *frame.Site }

// Routes are the pages of the package.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site}
	return []frame.Route{{Method: http.MethodGet, Path: "/pomoc", Handle: p.show}}
}

// shown is what the page shows.
type shown struct {
	Topics []topic
	Terms  []term
}

// topic is how the things of one kind of reader are done.
type topic struct {
	ID    string
	Title workflow.Text
	Steps []workflow.Text
	Links []link
}

// link leads to where it is done.
type link struct {
	Title workflow.Text
	Href  string
}

// term is a word with what it means here.
type term struct{ Word, Meaning workflow.Text }

func (p *pages) show(w http.ResponseWriter, r *http.Request) error {
	return p.Render(w, r, http.StatusOK, frame.Page{
		Template: "help/help", Title: frame.WordsOf(call.Of(r).Language).T("Pomoc", "Help"), Main: shown{Topics: topics(), Terms: terms()},
	})
}

func text(pl, en string) workflow.Text { return workflow.Text{PL: pl, EN: en} }
