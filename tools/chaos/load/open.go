package load

import (
	"fmt"
	"net/http"

	"hejnal/tools/chaos/history"
)

// wanted is a proposal as a client opens it.
type wanted struct {
	Form    string   `json:"form"`
	Title   string   `json:"title"`
	Partner partner  `json:"partner"`
	Fields  []string `json:"fields,omitempty"`
}

type partner struct {
	Name    string `json:"name"`
	Country string `json:"country"`
	Kind    string `json:"kind"`
}

// forms are what is opened: contacts more often than the rest, because they can go on for long.
var forms = []wanted{
	{Form: "informal_cooperation", Partner: partner{"Bergen", "NO", "city"}, Fields: []string{"culture"}},
	{Form: "informal_cooperation", Partner: partner{"Turku", "FI", "city"}, Fields: []string{"environment"}},
	{Form: "twin_city_agreement", Partner: partner{"Porto", "PT", "city"}, Fields: []string{"culture", "education", "heritage", "tourism"}},
	{Form: "partnership_agreement", Partner: partner{"Brno", "CZ", "city"}, Fields: []string{"culture", "science", "transport"}},
	{Form: "sector_agreement", Partner: partner{"Turyn", "IT", "city"}, Fields: []string{"environment"}},
	{Form: "honorary_twin_title", Partner: partner{"Montevideo", "UY", "city"}},
	{Form: "association_membership", Partner: partner{"Energy Cities", "FR", "organisation"}},
	{Form: "political_body", Partner: partner{"Forum Miast", "SE", "organisation"}},
}

// open opens a proposal, now and then as somebody who may not.
func (c *client) open() error {
	asked := forms[c.random.IntN(len(forms))]
	if c.random.IntN(3) == 0 {
		asked.Partner.Name = fmt.Sprintf("%s %d", asked.Partner.Name, c.random.IntN(1000))
	}
	asked.Title = fmt.Sprintf("%s %d/%d", asked.Partner.Name, c.number, c.random.IntN(1e6))
	body, err := encode(asked)
	if err != nil {
		return err
	}
	by := c.person("official")
	if c.random.IntN(10) == 0 {
		by = c.person("auditor")
	}
	got, err := c.post(request{by: by, media: "application/json", body: body, Call: history.Call{Path: proposals, Key: c.key()}})
	if err == nil && got.status == http.StatusCreated {
		c.pool.add(got.call.Proposal)
	}
	return err
}
