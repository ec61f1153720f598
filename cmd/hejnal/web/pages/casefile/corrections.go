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

// noteCorrections notes of acts, oldest first, how later ones among them correct them.
func (s *subject) noteCorrections(ctx context.Context, acts []workflow.Act) {
	s.told, s.corrected = map[string]workflow.CorrectedAct{}, map[string][]correction{}
	for _, act := range s.Definition.Corrected(acts) {
		s.told[act.ID] = act
	}
	for id, act := range s.told {
		for _, c := range act.Corrections {
			by := s.told[c.By]
			s.corrected[id] = append(s.corrected[id], correction{
				Seq: by.Seq, Field: s.pointed(act.Act, c.Field), Value: s.spokenAt(act.Act, c.Field, c.Value), Hidden: c.Value == nil || !s.personal(),
				On: by.OccurredOn, Who: s.actor(ctx, by.Actor),
			})
		}
	}
}

// asCorrected gives acts, oldest first, as later ones among them correct them.
func (s *subject) asCorrected(acts []workflow.Act) []workflow.Act {
	right := make([]workflow.Act, 0, len(acts))
	for _, act := range s.Definition.Corrected(acts) {
		right = append(right, act.Act)
	}
	return right
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

// typeOf is the type of a part that every entry has.
func typeOf(pointer string) string {
	if pointer == "/occurred_on" {
		return "date"
	}
	return "text"
}

// pointed names the part of an act that a pointer leads to.
func (s *subject) pointed(act workflow.Act, pointer string) workflow.Text {
	act, pointer = s.comesDownTo(act, pointer)
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
	act, pointer = s.comesDownTo(act, pointer)
	if input, property, ok := s.inputAt(act, pointer); ok {
		return s.spoken(input, property, raw)
	}
	return s.spoken(workflow.InputSource{Type: typeOf(pointer)}, nil, raw)
}

// comesDownTo is the part of an act that a pointer comes down to: what a correction says is a part of the entry that it corrects.
func (s *subject) comesDownTo(act workflow.Act, pointer string) (workflow.Act, string) {
	input, _, _ := s.inputAt(act, pointer)
	entry, c, corrects := s.Definition.Correction(act)
	if earlier, known := s.told[entry]; corrects && known && input.Type == "value" && earlier.Seq < act.Seq {
		return s.comesDownTo(earlier.Act, c.Field)
	}
	return act, pointer
}
