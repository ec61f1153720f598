package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"

	"hejnal/cmd/hejnal/client"
)

type listCommand struct {
	caller
	Form    string `placeholder:"FORM" help:"Only of this form."`
	State   string `placeholder:"STATE" help:"Only in this state."`
	Stage   string `placeholder:"STAGE" help:"Only in this stage."`
	Country string `placeholder:"XX" help:"Only with a partner of this country, ISO 3166-1 alpha-2."`
	Partner string `placeholder:"ID" help:"Only with this partner."`
	Search  string `short:"q" placeholder:"WORDS" help:"The number, or beginnings of words of the title or the partner's names."`
	Mine    bool   `help:"Only what waits for me."`
	Overdue bool   `help:"Only with a day that has passed."`
	Sort    string `placeholder:"FIELD" help:"updated_at, created_at, number, title or due_on; a - before it turns the order round (-updated_at)."`
	Limit   int    `default:"50" placeholder:"N" help:"How many at most; 0 is all (${default})."`
}

// Run lists proposals.
func (c listCommand) Run(ctx context.Context, io streams) error {
	if c.Limit < 0 {
		return &useError{reason: "--limit is 0 or more"}
	}
	api, err := c.client()
	if err != nil {
		return err
	}
	found, err := c.find(ctx, api, io)
	if err != nil {
		return err
	}
	if c.JSON {
		items := make([]json.RawMessage, len(found))
		for i, proposal := range found {
			items[i] = proposal.Raw
		}
		return writeJSON(io.out, items)
	}
	return table(io.out, proposalRows(found))
}

// find asks for one more than are wanted, to tell that there are more.
func (c listCommand) find(ctx context.Context, api *client.Client, io streams) ([]client.Proposal, error) {
	if c.Limit == 0 {
		return api.List(ctx, c.query(), 0)
	}
	found, err := api.List(ctx, c.query(), c.Limit+1)
	if len(found) > c.Limit {
		found = found[:c.Limit]
		fmt.Fprintf(io.err, "there are more than %d; --limit 0 lists all\n", c.Limit)
	}
	return found, err
}

func (c listCommand) query() url.Values {
	query := url.Values{}
	for name, value := range map[string]string{
		"form": c.Form, "state": c.State, "stage": c.Stage, "country": c.Country, "partner": c.Partner, "q": c.Search, "sort": c.Sort,
	} {
		if value != "" {
			query.Set(name, value)
		}
	}
	for name, value := range map[string]bool{"mine": c.Mine, "overdue": c.Overdue} {
		if value {
			query.Set(name, strconv.FormatBool(value))
		}
	}
	return query
}

func proposalRows(found []client.Proposal) [][]string {
	rows := [][]string{{"NUMBER", "ID", "FORM", "STATE", "PARTNER", "TITLE"}}
	for _, p := range found {
		rows = append(rows, []string{p.Number, p.ID, p.Form, p.State, plain(p.Partner.Name) + ", " + p.Partner.Country, plain(p.Title)})
	}
	return rows
}
