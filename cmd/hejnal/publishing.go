package main

import (
	"fmt"
	"net/mail"
	"net/url"

	"hejnal/cmd/hejnal/web/publisher"
	"hejnal/workflow/calendar"
)

// publishing are the flags that say who answers for what is published, and what the accessibility statement tells.
type publishing struct {
	PublisherName    string `placeholder:"NAME" help:"Public body that publishes the register (Urząd Miasta Krakowa)."`
	PublisherUnit    string `placeholder:"NAME" help:"Its unit that keeps the register."`
	PublisherAddress string `placeholder:"TEXT" help:"Its postal address."`
	PublisherEmail   string `placeholder:"ADDRESS" help:"Where mistakes and problems with accessibility are reported."`
	PublisherPhone   string `placeholder:"NUMBER" help:"The same, by telephone."`
	PublisherSite    string `placeholder:"URL" help:"Its own pages."`
	DataLicence      string `placeholder:"URL" help:"Licence of the open data (CC0 1.0)."`
	PagesPublished   string `placeholder:"YYYY-MM-DD" help:"When the pages were published, for the accessibility statement."`
	PagesUpdated     string `placeholder:"YYYY-MM-DD" help:"When they last changed in an important way."`
	StatementMade    string `placeholder:"YYYY-MM-DD" help:"When the accessibility statement was prepared."`
	StatementChecked string `placeholder:"YYYY-MM-DD" help:"When it was last reviewed."`
	BuildingAccess   string `placeholder:"URL" help:"Description of how the building is reached."`
}

// publisher reads the flags; an address or a date that is none is an error.
func (p publishing) publisher() (publisher.Publisher, error) {
	told := publisher.Publisher{
		Name: p.PublisherName, Unit: p.PublisherUnit, Address: p.PublisherAddress, Email: p.PublisherEmail, Phone: p.PublisherPhone, Site: p.PublisherSite,
		Licence: p.DataLicence, Statement: publisher.Statement{Architecture: p.BuildingAccess},
	}
	for _, address := range [][2]string{{"--publisher-site", p.PublisherSite}, {"--data-licence", p.DataLicence}, {"--building-access", p.BuildingAccess}} {
		if read, err := url.Parse(address[1]); address[1] != "" && (err != nil || read.Host == "" || read.Scheme != "https" && read.Scheme != "http") {
			return told, &useError{reason: fmt.Sprintf("%s is an address such as https://example.pl/page, and not %q", address[0], address[1])}
		}
	}
	if read, err := mail.ParseAddress(p.PublisherEmail); p.PublisherEmail != "" && (err != nil || read.Address != p.PublisherEmail) {
		return told, &useError{reason: fmt.Sprintf("--publisher-email is an address such as rejestr@example.pl, and not %q", p.PublisherEmail)}
	}
	for _, date := range []struct {
		flag, given string
		to          *calendar.Date
	}{
		{"--pages-published", p.PagesPublished, &told.Statement.PublishedOn},
		{"--pages-updated", p.PagesUpdated, &told.Statement.UpdatedOn},
		{"--statement-made", p.StatementMade, &told.Statement.PreparedOn},
		{"--statement-checked", p.StatementChecked, &told.Statement.ReviewedOn},
	} {
		if date.given == "" {
			continue
		}
		day, err := calendar.Parse(date.given)
		if err != nil {
			return told, &useError{reason: fmt.Sprintf("%s is written as YYYY-MM-DD, and %q is no date", date.flag, date.given)}
		}
		*date.to = day
	}
	return told, nil
}
