package workflow

import (
	"encoding/json"
	"slices"
	"strings"
)

// Patch is a change of a case's own data; nil fields stay.
type Patch struct {
	Title, Description *string
	Partner            *Partner
	Fields, Tools      *[]string
	Readings           *int
	ReadingsReason     *string
}

// amendment is one field of a patch, with the values before and after.
type amendment struct {
	field    string
	old, new any
	stages   []string // in which it may be changed; empty: in every state that is no end
}

// NothingChanges is what is wrong with a change that changes nothing.
var NothingChanges = FieldError{Pointer: "", Message: Text{PL: "Nic się nie zmienia.", EN: "Nothing changes."}}

// Amend changes a case's own data. What the form's rules judged when the case was proposed (partner, fields) can be changed
// only before, the number of readings only until the draft leaves for the Council.
func Amend(c Case, patch Patch, command Command) (*Change, *Refusal) {
	command.Transition = c.Definition.callID(callAmend)
	t, refusal := c.find(command, callAmend)
	if refusal != nil {
		return nil, refusal
	}
	next, changes := c.Proposal.patched(patch)
	if wrong := c.Definition.caseErrors(newCaseOf(next)); len(wrong) > 0 {
		return nil, invalid(wrong)
	}
	if len(changes) == 0 {
		return nil, invalid([]FieldError{NothingChanges})
	}
	if blockers := c.frozen(changes); len(blockers) > 0 {
		return nil, blocked(t, blockers)
	}
	v := c.view()
	v.transition = t
	v.role, _ = command.By.roleAmong(t.Roles)
	kept := map[string]keptInput{}
	for _, change := range changes {
		raw, err := json.Marshal(map[string]any{"old": change.old, "new": change.new})
		if err != nil {
			return nil, invalid([]FieldError{{Pointer: "/" + change.field, Message: unreadable("")}})
		}
		freely := change.field == "description" || change.field == "readings_reason"
		kept[change.field] = keptInput{raw: raw, source: InputSource{Personal: freely}}
	}
	amended := c
	amended.Proposal = next
	draft := &draft{c: &amended, t: t, v: v, command: command, kept: kept, from: next.State, to: next.State, way: t.ways[0]}
	change, refusal := draft.change()
	if refusal == nil {
		change.Before = c.Proposal
	}
	return change, refusal
}

func (d *Definition) callID(name string) string {
	for _, t := range d.Transitions {
		if t.Call == name {
			return t.ID
		}
	}
	return ""
}

func (p *Proposal) patched(patch Patch) (Proposal, []amendment) {
	next := p.clone()
	var changes []amendment
	note := func(field string, old, changed any, stages ...string) {
		changes = append(changes, amendment{field, old, changed, stages})
	}
	if patch.Title != nil && strings.TrimSpace(*patch.Title) != p.Title {
		next.Title = strings.TrimSpace(*patch.Title)
		note("title", p.Title, next.Title)
	}
	if patch.Description != nil && *patch.Description != p.Description {
		next.Description = *patch.Description
		note("description", p.Description, next.Description)
	}
	if patch.Partner != nil && *patch.Partner != p.Partner {
		next.Partner = *patch.Partner
		note("partner", p.Partner, next.Partner, "contacts")
	}
	if patch.Fields != nil && !slices.Equal(*patch.Fields, p.Fields) {
		next.Fields = *patch.Fields
		note("fields", p.Fields, next.Fields, "contacts")
	}
	if patch.Tools != nil && !slices.Equal(*patch.Tools, p.Tools) {
		next.Tools = *patch.Tools
		note("tools", p.Tools, next.Tools)
	}
	if patch.Readings != nil && *patch.Readings != p.Readings {
		next.Readings = *patch.Readings
		note("readings", p.Readings, next.Readings, "contacts", "preparation")
	}
	if patch.ReadingsReason != nil && *patch.ReadingsReason != p.ReadingsReason {
		next.ReadingsReason = *patch.ReadingsReason
		note("readings_reason", p.ReadingsReason, next.ReadingsReason, "contacts", "preparation")
	}
	return next, changes
}

func newCaseOf(p Proposal) NewCase {
	return NewCase{
		ID: p.ID, Title: p.Title, Description: p.Description, Partner: p.Partner, Fields: p.Fields, Tools: p.Tools,
		Readings: p.Readings, ReadingsReason: p.ReadingsReason,
	}
}
