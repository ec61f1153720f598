package casefile

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// correction is what a later entry says of an earlier one.
type correction struct {
	Seq    int64 // of the later entry
	Field  workflow.Text
	Value  string
	Hidden bool // personal, and not for this reader
	On     calendar.Date
	Who    string
}

// correcting is what an entry says that corrects another one.
type correcting struct {
	ID, Pointer string
	Value       json.RawMessage
}

// correctingOf reads from an act which entry it corrects, where and how; ok is false for an act that corrects none.
func correctingOf(t *workflow.Transition, inputs map[string]json.RawMessage) (c correcting, ok bool) {
	if t == nil {
		return c, false
	}
	for _, input := range t.Inputs {
		switch input.Type {
		case "transition":
			ok = json.Unmarshal(inputs[input.Name], &c.ID) == nil
		case "pointer":
			// One that cannot be read is none, and the core refuses it.
			_ = json.Unmarshal(inputs[input.Name], &c.Pointer)
		case "value":
			c.Value = inputs[input.Name]
		}
	}
	return c, ok
}

// noteCorrections notes for every act which later ones correct it.
func (s *subject) noteCorrections(ctx context.Context, all []happened) {
	s.told, s.corrected = map[string]workflow.Act{}, map[string][]correction{}
	for _, one := range all {
		if one.Act == nil {
			continue
		}
		s.told[one.Act.ID] = *one.Act
		c, corrects := correctingOf(s.transition(one.Act.Transition, one.Act.Track), one.Act.Inputs)
		if !corrects {
			continue
		}
		earlier := s.told[c.ID]
		s.corrected[c.ID] = append(s.corrected[c.ID], correction{
			Seq: one.Act.Seq, Field: s.pointed(earlier, c.Pointer), Value: s.spokenAt(earlier, c.Pointer, c.Value), Hidden: !s.personal(),
			On: one.Act.OccurredOn, Who: s.actor(ctx, one.Act.Actor),
		})
	}
}

// inputAt is the input of an act that a pointer leads to, with its schema; ok is false where it leads elsewhere.
func (s *subject) inputAt(act workflow.Act, pointer string) (input workflow.InputSource, property map[string]any, ok bool) {
	path, within := strings.CutPrefix(pointer, "/inputs/")
	t := s.transition(act.Transition, act.Track)
	if !within || t == nil {
		return input, nil, false
	}
	properties, _ := t.Schema()["properties"].(map[string]any)
	fields := t.Inputs
	for name := range strings.SplitSeq(path, "/") {
		i := slices.IndexFunc(fields, func(input workflow.InputSource) bool { return input.Name == name })
		if i < 0 {
			return input, nil, false
		}
		input, fields = fields[i], fields[i].Fields
		property, _ = properties[name].(map[string]any)
		properties, _ = property["properties"].(map[string]any)
	}
	return input, property, true
}

// fixed are the parts that every entry has besides its inputs.
var fixed = map[string]workflow.Text{
	"/occurred_on":   {PL: "Data czynności", EN: "Date of the act"},
	"/comment":       {PL: "Uwaga do wpisu", EN: "Remark on the entry"},
	"/justification": {PL: "Uzasadnienie", EN: "Justification"},
}

// pointed names the part of an act that a pointer leads to.
func (s *subject) pointed(act workflow.Act, pointer string) workflow.Text {
	if title, ok := fixed[pointer]; ok {
		return title
	}
	if input, _, ok := s.inputAt(act, pointer); ok {
		return input.Title
	}
	return workflow.Text{PL: pointer, EN: pointer}
}

// spokenAt writes a value as people read it at the part of an act that a pointer leads to.
func (s *subject) spokenAt(act workflow.Act, pointer string, raw json.RawMessage) string {
	if input, property, ok := s.inputAt(act, pointer); ok {
		return s.spoken(input, property, raw)
	}
	input := workflow.InputSource{Type: "text"}
	if pointer == "/occurred_on" {
		input.Type = "date"
	}
	return s.spoken(input, nil, raw)
}
