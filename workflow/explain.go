package workflow

import (
	"slices"

	"hejnal/workflow/calendar"
)

// Action is one transition that the present state offers, explained for one person.
type Action struct {
	Transition        string          `json:"transition"`
	Track             string          `json:"track"`
	Title             Text            `json:"title"`
	Help              Text            `json:"help,omitzero"`
	Roles             []Role          `json:"roles"`
	Inputs            map[string]any  `json:"inputs"` // JSON Schema of one object
	RequiredDocuments []AskedDocument `json:"required_documents"`
	OptionalDocuments []AskedDocument `json:"optional_documents,omitempty"`
	EarliestOn        calendar.Date   `json:"earliest_on,omitempty"`
	To                []string        `json:"to"` // states it can lead to
	Events            []string        `json:"events"`
	Allowed           bool            `json:"allowed"` // as it stands, without a justification
	BlockedBy         []Blocker       `json:"blocked_by"`
	Basis             string          `json:"basis,omitempty"`
	OnBehalfOf        string          `json:"on_behalf_of,omitempty" doc:"whom the caller would make it for, as their substitute"`
}

// Explain lists every transition that the present state of the route and of each track offers, with everything that
// blocks it for the person. Decide refuses for the same reasons; where only warnings stand, a justification passes them.
func Explain(c Case, person Person) []Action {
	actions := []Action{}
	for _, t := range c.Definition.Offered(&c.Proposal) {
		actions = append(actions, c.explain(t, person))
	}
	return actions
}

func (c *Case) explain(t *Transition, person Person) Action {
	v := c.view()
	v.transition = t
	v.role, _ = person.roleAmong(t.Roles)
	if _, seen, wrong := t.schema.read(t.schema.firstExamples(v)); len(wrong) == 0 {
		v.inputs = seen
	}
	depends, allowed := c.earliest(t, v)
	action := Action{
		Transition: t.ID, Track: t.Strand, Title: t.Title, Help: t.Help, Roles: t.Roles, Basis: t.Basis,
		Inputs: t.schema.shown(v), EarliestOn: calendar.Max(depends, allowed), RequiredDocuments: []AskedDocument{}, BlockedBy: []Blocker{},
	}
	from := c.Proposal.StateOf(t.Strand)
	for _, way := range t.ways {
		action.Events = append(action.Events, way.event)
		if to := destination(way.to, from); !slices.Contains(action.To, to) {
			action.To = append(action.To, to)
		}
	}
	for _, asked := range c.asked(t, v) {
		if asked.Optional {
			asked.Present = asked.document.ID != ""
			action.OptionalDocuments = append(action.OptionalDocuments, asked)
			continue
		}
		action.RequiredDocuments = append(action.RequiredDocuments, asked)
	}
	if person.Has(t.Roles...) {
		action.OnBehalfOf = person.OnBehalfOf
	} else {
		action.BlockedBy = append(action.BlockedBy, forbidden(t, t.Roles).Blockers...)
	}
	action.BlockedBy = append(action.BlockedBy, c.blockers(t, person, v, false)...)
	action.Allowed = len(action.BlockedBy) == 0
	return action
}
