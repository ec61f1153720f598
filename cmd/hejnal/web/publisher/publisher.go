// Package publisher is who answers for what is published: whom pages name as its maker and publisher, and whom they lead to when
// something is wrong.
package publisher

import (
	"net/url"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Publisher is the public body that runs the installation. The zero value of every field works: what is not known is not shown,
// and the accessibility statement says that it is missing.
type Publisher struct {
	Name    string // empty: the office of the City of Kraków
	Unit    string // the part of it that keeps the register
	Address string
	Email   string
	Phone   string
	Site    string // its own pages, https://…
	// Licence is the address of the licence of the data; empty: CC0 1.0.
	Licence string

	Statement Statement
}

// Statement is what the accessibility statement tells beside that.
type Statement struct {
	PublishedOn  calendar.Date // of the pages
	UpdatedOn    calendar.Date // their last great change
	PreparedOn   calendar.Date // of the statement
	ReviewedOn   calendar.Date // empty: not reviewed yet
	Architecture string        // address of the description of how the building is reached, https://…
}

// Body is the public body's name.
func (p Publisher) Body() workflow.Text {
	if p.Name == "" {
		return workflow.Text{PL: "Urząd Miasta Krakowa", EN: "Office of the City of Kraków"}
	}
	return workflow.Text{PL: p.Name, EN: p.Name}
}

// Keeper is the body with the unit that keeps the register.
func (p Publisher) Keeper() workflow.Text {
	body := p.Body()
	if p.Unit == "" {
		return body
	}
	return workflow.Text{PL: body.PL + ", " + p.Unit, EN: body.EN + ", " + p.Unit}
}

// LicenceURL is the licence under which the data may be used.
func (p Publisher) LicenceURL() string {
	if p.Licence == "" {
		return "https://creativecommons.org/publicdomain/zero/1.0/"
	}
	return p.Licence
}

// Report is where somebody reports a mistake in what an address shows: a letter to the publisher; empty where no letter can be
// written.
func (p Publisher) Report(subject, address string) string {
	if p.Email == "" {
		return ""
	}
	letter := url.Values{"subject": {subject}, "body": {address + "\n\n"}}
	return "mailto:" + url.PathEscape(p.Email) + "?" + encoded(letter)
}

// encoded writes a letter's headers as RFC 6068 wants them: a space is %20.
func encoded(letter url.Values) string {
	var text []byte
	for _, letter := range []byte(letter.Encode()) {
		if letter == '+' {
			text = append(text, "%20"...)
			continue
		}
		text = append(text, letter)
	}
	return string(text)
}
