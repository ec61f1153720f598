// Package accessibility is the accessibility statement that the Act of 4 April 2019 asks of a public body's pages, with the ids
// that the official technical conditions (version 2.0) give its parts.
package accessibility

import (
	"embed"
	"html/template"
	"net/http"
	"strings"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/publisher"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "accessibility", Templates: templates} }

type pages struct{ *frame.Site }

// Routes are the pages of the package.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site}
	return []frame.Route{{Method: http.MethodGet, Path: "/deklaracja-dostepnosci", Handle: p.show}}
}

// statement is what the page shows.
type statement struct {
	publisher.Publisher
	Base    string
	Missing []workflow.Text // what whoever runs the installation has not said
	// Days as the law wants them: one that nobody gave is that of the program's first pages.
	Published, Updated, Prepared calendar.Date
}

// firstPages is when the pages that the statement is about were first there.
const firstPages calendar.Date = "2026-11-28"

func (p *pages) show(w http.ResponseWriter, r *http.Request) error {
	told := p.Publisher.Statement
	title := frame.WordsOf(call.Of(r).Language).T("Deklaracja dostępności", "Accessibility statement")
	return p.RenderOpen(w, r, http.StatusOK, frame.Page{Template: "accessibility/statement", Title: title, Main: statement{
		Publisher: p.Publisher, Base: p.Base(r), Missing: missing(p.Publisher), Published: or(told.PublishedOn), Updated: or(told.UpdatedOn), Prepared: or(told.PreparedOn),
	}})
}

func or(day calendar.Date) calendar.Date {
	if day == "" {
		return firstPages
	}
	return day
}

func missing(p publisher.Publisher) []workflow.Text {
	var names []workflow.Text
	for _, one := range []struct {
		given string
		name  workflow.Text
	}{
		{p.Email, workflow.Text{PL: "adresu e-mail do kontaktu", EN: "an e-mail address for contact"}},
		{p.Phone, workflow.Text{PL: "numeru telefonu do kontaktu", EN: "a telephone number for contact"}},
		{p.Address, workflow.Text{PL: "adresu siedziby", EN: "the address of the office"}},
		{p.Statement.Architecture, workflow.Text{PL: "opisu dostępności budynku", EN: "the description of how the building is reached"}},
	} {
		if one.given == "" {
			names = append(names, one.name)
		}
	}
	return names
}

// Dial is the telephone number as a telephone dials it.
func (s statement) Dial() template.URL {
	return template.URL("tel:" + strings.Map(func(letter rune) rune {
		if letter >= '0' && letter <= '9' || letter == '+' {
			return letter
		}
		return -1
	}, s.Phone)) //nolint:gosec // Nothing but digits and plus signs is left of it.
}
