package main

import (
	"context"
	"fmt"

	"hejnal/cmd/hejnal/client"
)

type proposeCommand struct {
	caller
	once
	Form           string   `required:"" placeholder:"FORM" help:"Form of cooperation; hejnal workflow list shows them."`
	Title          string   `required:"" help:"Title of the proposal."`
	Description    string   `help:"What it is about."`
	PartnerID      string   `placeholder:"ID" xor:"partner" help:"A partner that is known already; this or --partner-name is needed."`
	PartnerName    string   `placeholder:"NAME" xor:"partner" help:"Name of the partner, with --country and --kind; the same name, country and kind is the same partner."`
	PartnerNative  string   `placeholder:"NAME" help:"The partner's name in its own language."`
	Country        string   `placeholder:"XX" help:"The partner's country, ISO 3166-1 alpha-2."`
	Kind           string   `enum:"city,region,organisation," default:"" help:"What the partner is: city, region or organisation."`
	Field          []string `placeholder:"FIELD" help:"Field of cooperation; may be repeated."`
	Tool           []string `placeholder:"TOOL" help:"Tool of cooperation; may be repeated."`
	Readings       int      `placeholder:"N" help:"Readings in the Council: 1, or 2 with a reason."`
	ReadingsReason string   `placeholder:"TEXT" help:"Why there are two readings."`
	On             string   `placeholder:"DATE" help:"Day on which it was opened, YYYY-MM-DD; today when left out."`
	Comment        string   `placeholder:"TEXT" help:"A remark for the history."`
}

// Run opens the proposal.
func (c proposeCommand) Run(ctx context.Context, io streams) error {
	if c.PartnerID == "" && c.PartnerName == "" {
		return &useError{reason: "a partner is needed: --partner-id, or --partner-name with --country and --kind"}
	}
	wanted := client.NewProposal{
		Form: c.Form, Title: c.Title, Description: c.Description, PartnerID: c.PartnerID, Fields: c.Field, Tools: c.Tool,
		Readings: c.Readings, ReadingsReason: c.ReadingsReason, OccurredOn: c.On, Comment: c.Comment,
	}
	if c.PartnerName != "" {
		if c.Country == "" || c.Kind == "" {
			return &useError{reason: "--partner-name needs --country and --kind"}
		}
		wanted.Partner = &client.NewPartner{Name: c.PartnerName, NativeName: c.PartnerNative, Country: c.Country, Kind: c.Kind}
	}
	api, err := c.client()
	if err != nil {
		return err
	}
	opened, err := api.Propose(ctx, wanted, c.key())
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(io.out, opened.Raw)
	}
	_, err = fmt.Fprintf(io.out, "id: %s  number: %s\n", opened.ID, opened.Number)
	return err
}
