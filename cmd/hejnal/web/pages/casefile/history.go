package casefile

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// entry is one act of a case, in words.
type entry struct {
	ID            string
	Seq           int64
	Title         workflow.Text
	Track         workflow.Text // zero on the route
	Moved         bool
	From, To      workflow.Text
	Who           string
	Role          workflow.Role
	OccurredOn    calendar.Date
	OccurredWas   calendar.Date // before it was corrected; empty: it was not
	RecordedAt    time.Time
	Inputs        []said
	Comment       string
	Justification string
	Warnings      []workflow.Blocker
	Documents     []usedDocument
	Public        bool
	System        bool
	CorrectHref   string
	Corrections   []correction // what later entries say of this one
}

// said is one input of an act, in words.
type said struct {
	Label  workflow.Text
	Value  string
	Hidden bool // personal, and not for this reader
	// Corrected says that a later entry corrected it, from Was, which is empty where it was left out.
	Corrected bool
	Was       string
}

type usedDocument struct {
	Kind   workflow.Text
	Title  string
	Href   string
	SHA256 string
}

// entry puts an act into words, as it was corrected.
func (s *subject) entry(ctx context.Context, act workflow.Act) entry {
	recorded := act
	if right, known := s.told[act.ID]; known {
		act, recorded = right.Act, right.Recorded
	}
	one := entry{
		ID: act.ID, Seq: act.Seq, Title: act.EventTitle, Moved: act.From != act.To && act.From != "", From: s.state(act.Track, act.From), To: s.state(act.Track, act.To),
		Who: s.actor(ctx, act.Actor), Role: act.Actor.Role, OccurredOn: act.OccurredOn, RecordedAt: act.RecordedAt, Inputs: s.said(act, recorded),
		Comment: act.Comment, Justification: act.Justification, Warnings: act.Warnings, System: act.Actor.User == "", Corrections: s.corrected[act.ID],
	}
	if !s.personal() {
		one.Comment, one.Justification = "", ""
	}
	if act.OccurredOn != recorded.OccurredOn {
		one.OccurredWas = recorded.OccurredOn
	}
	for _, track := range s.Definition.Tracks {
		if track.ID == act.Track {
			one.Track = track.Title
		}
	}
	for _, used := range act.Documents {
		document := usedDocument{Kind: s.kind(used.Kind), SHA256: used.SHA256, Href: s.path() + "/dokumenty/" + used.ID}
		for i := range s.Proposal.Documents {
			if s.Proposal.Documents[i].ID == used.ID {
				document.Title = s.Proposal.Documents[i].Title
			}
		}
		one.Documents = append(one.Documents, document)
	}
	if correct := s.correcting(); correct != "" && s.Reader.Has(act.Actor.Role, workflow.Official) {
		one.CorrectHref = s.path() + "/czynnosci/" + correct + "?wpis=" + act.ID
	}
	return one
}

// correcting is the act that corrects entries: the one that names another entry. Empty where the case offers none.
func (s *subject) correcting() string {
	for _, action := range s.Actions {
		t := s.transition(action.Transition, action.Track)
		if t != nil && slices.ContainsFunc(t.Inputs, func(input workflow.InputSource) bool { return input.Type == "transition" }) && s.mine(action) {
			return action.Transition
		}
	}
	return ""
}

// said puts the inputs of an act into words, in the order of the definition.
func (s *subject) said(act, recorded workflow.Act) []said {
	t := s.transition(act.Transition, act.Track)
	if t == nil {
		return nil
	}
	properties, _ := t.Schema()["properties"].(map[string]any)
	id, c, _ := s.Definition.Correction(act)
	earlier := s.told[id]
	var all []said
	for _, input := range t.Inputs {
		raw, ok := act.Inputs[input.Name]
		if !ok {
			continue
		}
		one := said{Label: input.Title}
		property, _ := properties[input.Name].(map[string]any)
		switch {
		case (input.Personal || input.Type == "value") && !s.personal():
			one.Hidden = true
		case input.Type == "transition" && earlier.ID != "":
			one.Value = fmt.Sprintf("%d. %s", earlier.Seq, s.words.In(earlier.EventTitle))
		case input.Type == "pointer" && earlier.ID != "":
			one.Label, one.Value = workflow.Text{PL: "Pole wpisu", EN: "Field of the entry"}, s.words.In(s.pointed(earlier.Act, c.Field))
		case input.Type == "value":
			one.Value = s.spokenAt(earlier.Act, c.Field, raw)
		default:
			one.Value = s.spoken(input, property, raw)
		}
		if was := recorded.Inputs[input.Name]; !one.Hidden && string(was) != string(raw) {
			one.Corrected = true
			if was != nil && input.Type == "value" {
				one.Was = s.spokenAt(earlier.Act, c.Field, was)
			} else if was != nil {
				one.Was = s.spoken(input, property, was)
			}
		}
		all = append(all, one)
	}
	return all
}

// spoken writes the value of an input as people read it.
func (s *subject) spoken(input workflow.InputSource, property map[string]any, raw json.RawMessage) string {
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return string(raw)
	}
	switch value := value.(type) {
	case string:
		if input.Type == "date" {
			return s.words.Day(calendar.Date(value))
		}
		return s.valueTitle(property, value)
	case []any:
		items, _ := property["items"].(map[string]any)
		var parts []string
		for _, item := range value {
			text, err := json.Marshal(item)
			if err == nil {
				parts = append(parts, s.spoken(workflow.InputSource{Type: elementOf(input.Type), Fields: input.Fields}, items, text))
			}
		}
		return strings.Join(parts, "; ")
	case map[string]any:
		within, _ := property["properties"].(map[string]any)
		var parts []string
		for _, part := range input.Fields {
			inner, ok := value[part.Name]
			text, err := json.Marshal(inner)
			if !ok || err != nil {
				continue
			}
			schema, _ := within[part.Name].(map[string]any)
			parts = append(parts, s.words.In(part.Title)+": "+s.spoken(part, schema, text))
		}
		return strings.Join(parts, ", ")
	}
	return strings.Trim(string(raw), `"`)
}

// elementOf is the type of the elements of a list.
func elementOf(list string) string {
	if list == "records" {
		return "object"
	}
	return "code"
}

// valueTitle names a value by the titles that its schema has; any other value is given as it is.
func (s *subject) valueTitle(property map[string]any, value string) string {
	titles, _ := property["x-values"].(map[string]workflow.Text)
	if title, ok := titles[value]; ok {
		return s.words.In(title)
	}
	return value
}
