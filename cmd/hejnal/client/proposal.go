package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"

	"hejnal/workflow"
)

// Proposal is a case as the server shows it to whoever asks.
type Proposal struct {
	ID         string            `json:"id"`
	Number     string            `json:"number"`
	Form       string            `json:"form"`
	Title      string            `json:"title"`
	Partner    workflow.Partner  `json:"partner"`
	Stage      string            `json:"stage"`
	State      string            `json:"state"`
	StateTitle workflow.Text     `json:"state_title"`
	Tracks     map[string]string `json:"tracks"`
	Version    int64             `json:"version"`
	Deadlines  []Deadline        `json:"deadlines"`
	Links      []workflow.Link   `json:"links"`
	Tasks      []workflow.Task   `json:"tasks"`
	Actions    []workflow.Action `json:"actions"`

	// Raw is the answer as it came.
	Raw json.RawMessage `json:"-"`
}

// Deadline is a clock of a case.
type Deadline struct {
	workflow.Deadline
	Overdue bool `json:"overdue"`
}

// NewProposal is what a proposal is opened with: a partner, or the id of a known one.
type NewProposal struct {
	Form           string      `json:"form"`
	Title          string      `json:"title"`
	Description    string      `json:"description,omitempty"`
	PartnerID      string      `json:"partner_id,omitempty"`
	Partner        *NewPartner `json:"partner,omitempty"`
	Fields         []string    `json:"fields,omitempty"`
	Tools          []string    `json:"tools,omitempty"`
	Readings       int         `json:"readings,omitempty"`
	ReadingsReason string      `json:"readings_reason,omitempty"`
	OccurredOn     string      `json:"occurred_on,omitempty"`
	Comment        string      `json:"comment,omitempty"`
}

// NewPartner is a partner that is entered, or found, along the way.
type NewPartner struct {
	Name       string `json:"name"`
	NativeName string `json:"native_name,omitempty"`
	Country    string `json:"country"`
	Kind       string `json:"kind"`
}

// Propose opens a proposal. The same key opens it once.
func (c *Client) Propose(ctx context.Context, wanted NewProposal, key string) (Proposal, error) {
	body, err := json.Marshal(wanted)
	if err != nil {
		return Proposal{}, fmt.Errorf("write proposal: %w", err)
	}
	got, err := c.do(ctx, call{method: http.MethodPost, path: "proposals", body: body, key: key})
	if err != nil {
		return Proposal{}, err
	}
	return proposalOf(got)
}

// Proposal reads a case by its id.
func (c *Client) Proposal(ctx context.Context, id string) (Proposal, error) {
	got, err := c.do(ctx, call{method: http.MethodGet, path: "proposals/" + id})
	if err != nil {
		return Proposal{}, err
	}
	return proposalOf(got)
}

func proposalOf(got answer) (Proposal, error) {
	proposal := Proposal{Raw: got.body}
	err := read(got, &proposal)
	return proposal, err
}

// pageSize is the longest page that the server gives.
const pageSize = 200

// List gives at most limit proposals (all of them for 0) that the query narrows, as [GET /proposals] understands it, page
// after page, each as it came beside what was read of it.
func (c *Client) List(ctx context.Context, query url.Values, limit int) ([]Proposal, error) {
	asked := url.Values{}
	for name, values := range query {
		asked[name] = values
	}
	proposals := []Proposal{}
	for {
		size := pageSize
		if limit > 0 {
			size = min(size, limit-len(proposals))
		}
		asked.Set("limit", strconv.Itoa(size))
		got, err := c.do(ctx, call{method: http.MethodGet, path: "proposals", query: asked})
		if err != nil {
			return nil, err
		}
		var page struct {
			Items []json.RawMessage `json:"items"`
			Next  string            `json:"next_cursor"`
		}
		if err := read(got, &page); err != nil {
			return nil, err
		}
		for _, item := range page.Items {
			proposal, err := proposalOf(answer{body: item})
			if err != nil {
				return nil, err
			}
			proposals = append(proposals, proposal)
		}
		if page.Next == "" || limit > 0 && len(proposals) >= limit {
			return proposals, nil
		}
		asked.Set("cursor", page.Next)
	}
}

var idForm = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// Find gives the id of a case by its id or its number.
func (c *Client) Find(ctx context.Context, named string) (string, error) {
	if idForm.MatchString(named) {
		return named, nil
	}
	found, err := c.List(ctx, url.Values{"q": {named}}, 0)
	if err != nil {
		return "", err
	}
	var ids []string
	for _, proposal := range found {
		if proposal.Number == named {
			ids = append(ids, proposal.ID)
		}
	}
	if len(ids) == 0 {
		return "", fmt.Errorf("no proposal that you may see has the number %q; hejnal list -q looks for words", named)
	}
	if len(ids) > 1 {
		return "", fmt.Errorf("%d proposals have the number %s; give the id", len(ids), named)
	}
	return ids[0], nil
}
