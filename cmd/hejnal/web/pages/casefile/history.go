package casefile

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/pages/listening"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

const historyPage = 20

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
	RecordedAt    time.Time
	Inputs        []said
	Comment       string
	Justification string
	Warnings      []workflow.Blocker
	Documents     []usedDocument
	Public        bool
	System        bool
	Corrects      int64 // seq of the entry that it corrects; 0: none
	CorrectHref   string
}

// said is one input of an act, in words.
type said struct {
	Label  workflow.Text
	Value  string
	Hidden bool // personal, and not for this reader
}

type usedDocument struct {
	Kind   workflow.Text
	Title  string
	Href   string
	SHA256 string
}

// historyView is what the page of a case's history shows.
type historyView struct {
	Head    head
	Entries []entry
	Next    string
	Whole   int64
	Newest  bool
}

func (p *pages) history(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r)
	if err != nil {
		return err
	}
	last := s.Proposal.Seq
	if before, err := strconv.ParseInt(r.URL.Query().Get("przed"), 10, 64); err == nil && before > 0 && before <= last {
		last = before - 1
	}
	from := max(last-historyPage, 0)
	records, err := p.Store.History(r.Context(), s.Proposal.ID, from, historyPage)
	if err != nil {
		return fmt.Errorf("read history: %w", err)
	}
	shown := historyView{Head: s.head(r.Context(), "history"), Whole: s.Proposal.Seq, Newest: last == s.Proposal.Seq}
	for _, record := range records {
		if record.Seq > last {
			break
		}
		if !s.personal() {
			record.Personal = nil
		}
		act, err := engine.ReadAct(record)
		if err != nil {
			return err
		}
		one := s.entry(r.Context(), act)
		one.Public = record.Public != nil
		shown.Entries = append(shown.Entries, one)
	}
	slices.Reverse(shown.Entries)
	if from > 0 {
		shown.Next = s.path() + "/historia?przed=" + strconv.FormatInt(from+1, 10)
	}
	return p.Render(w, r, http.StatusOK, frame.Page{
		Template: "casefile/history", Title: s.words.T("Historia: ", "History: ") + s.Proposal.Number, Main: shown, Live: listening.Path + "?sprawa=" + s.Proposal.ID,
	})
}

func (s *subject) entry(ctx context.Context, act workflow.Act) entry {
	one := entry{
		ID: act.ID, Seq: act.Seq, Title: act.EventTitle, Moved: act.From != act.To && act.From != "", From: s.state(act.Track, act.From), To: s.state(act.Track, act.To),
		Who: s.actor(ctx, act.Actor), Role: act.Actor.Role, OccurredOn: act.OccurredOn, RecordedAt: act.RecordedAt, Inputs: s.said(act),
		Comment: act.Comment, Justification: act.Justification, Warnings: act.Warnings, System: act.Actor.User == "",
	}
	if !s.personal() {
		one.Comment, one.Justification = "", ""
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
func (s *subject) said(act workflow.Act) []said {
	t := s.transition(act.Transition, act.Track)
	if t == nil {
		return nil
	}
	properties, _ := t.Schema()["properties"].(map[string]any)
	var all []said
	for _, input := range t.Inputs {
		raw, ok := act.Inputs[input.Name]
		if !ok {
			continue
		}
		if input.Personal && !s.personal() {
			all = append(all, said{Label: input.Title, Hidden: true})
			continue
		}
		property, _ := properties[input.Name].(map[string]any)
		all = append(all, said{Label: input.Title, Value: s.spoken(input, property, raw)})
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
