package load

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"hejnal/tools/chaos/history"
)

// shown is what a client reads of a proposal.
type shown struct {
	ID      string   `json:"id"`
	Stage   string   `json:"stage"`
	Version int64    `json:"version"`
	Actions []action `json:"actions"`
}

type action struct {
	Transition string   `json:"transition"`
	Roles      []string `json:"roles"`
	Allowed    bool     `json:"allowed"`
	Inputs     struct {
		Required   []string `json:"required"`
		Properties map[string]struct {
			Examples []json.RawMessage `json:"examples"`
		} `json:"properties"`
	} `json:"inputs"`
	RequiredDocuments []struct {
		AnyOf   []string `json:"any_of"`
		By      []string `json:"by"`
		Present bool     `json:"present"`
	} `json:"required_documents"`
}

// move reads a proposal and makes one of the transitions that it offers, with the documents that this needs; now and then
// as somebody who may not, or by a version that has passed.
func (c *client) move(id string) error {
	read, err := c.get(proposals+"/"+id, id, c.person())
	if err != nil || read.status != http.StatusOK {
		return err
	}
	var now shown
	if err := json.Unmarshal(read.body, &now); err != nil {
		return fmt.Errorf("read proposal %s: %w", id, err)
	}
	if now.Stage == "ended" || len(now.Actions) == 0 {
		c.pool.remove(id)
	}
	if len(now.Actions) == 0 {
		return nil
	}
	picked := now.Actions[c.random.IntN(len(now.Actions))]
	for _, needed := range picked.RequiredDocuments {
		if !needed.Present && len(needed.AnyOf) > 0 && c.random.IntN(20) > 0 {
			version, err := c.attach(now, needed.AnyOf[0], needed.By)
			if err != nil {
				return err
			}
			now.Version = max(now.Version, version)
		}
	}
	return c.advance(now, picked)
}

func (c *client) advance(now shown, picked action) error {
	inputs := map[string]json.RawMessage{}
	for _, name := range picked.Inputs.Required {
		if examples := picked.Inputs.Properties[name].Examples; len(examples) > 0 {
			inputs[name] = examples[0]
		}
	}
	body, err := encode(map[string]any{"transition": picked.Transition, "inputs": inputs})
	if err != nil {
		return err
	}
	by, match := c.person(picked.Roles...), ""
	switch dice := c.random.IntN(100); {
	case dice < 8 && now.Version > 1:
		match = strconv.FormatInt(now.Version-1, 10)
	case dice < 16:
		by = c.outsider(picked.Roles)
	case dice < 55:
		match = strconv.FormatInt(now.Version, 10)
	}
	_, err = c.post(request{by: by, media: "application/json", body: body, Call: history.Call{
		Path: proposals + "/" + now.ID + "/transitions", Proposal: now.ID, Transition: picked.Transition, Key: c.key(), IfMatch: match,
		VersionBefore: now.Version,
	}})
	return err
}
