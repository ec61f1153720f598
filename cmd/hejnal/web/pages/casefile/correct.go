package casefile

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/actform"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

// asEntry makes of the fields of an act that corrects an entry those of correcting the one with the id: the entry, and a choice
// of what it has. Any other form stays as it is. What stands against correcting the last entry, with which the case was
// explained, does not stand against correcting the reader's own.
func (p *pages) asEntry(r *http.Request, a *acting, form *frame.Form, id string) error {
	named := slices.IndexFunc(a.t.Inputs, func(input workflow.InputSource) bool { return input.Type == "transition" })
	if named < 0 || !call.IsID(id) {
		return nil
	}
	record, err := p.Store.Entry(r.Context(), id)
	if errors.Is(err, store.ErrNotFound) || err == nil && (record.ProposalID != a.Proposal.ID || record.Kind != "transition") {
		return store.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("load entry: %w", err)
	}
	if !a.personal() {
		record.Personal = nil
	}
	act, err := engine.ReadAct(record)
	if err != nil {
		return err
	}
	_, acts, err := p.acts(r.Context(), a.subject)
	if err != nil {
		return err
	}
	a.noteCorrections(r.Context(), acts)
	if right, known := a.told[act.ID]; known {
		act = right.Act
	}
	if a.Reader.Has(act.Actor.Role, workflow.Official) {
		a.action.BlockedBy = slices.DeleteFunc(slices.Clone(a.action.BlockedBy), func(b workflow.Blocker) bool { return b.Code == "not_your_entry" })
	}
	for i := range form.Fields {
		field := &form.Fields[i]
		for _, input := range a.t.Inputs {
			switch {
			case field.Name != "in."+input.Name:
			case input.Type == "transition":
				field.Kind, field.Value = frame.Select, act.ID
				field.Hint = workflow.Text{PL: "Inny wpis wybierz w historii sprawy: „Sprostuj ten wpis”.", EN: "Choose another entry in the history of the case: “Correct this entry”."}
				field.Options = []frame.Option{{Value: act.ID, Title: workflow.Text{PL: fmt.Sprintf("%d. %s", act.Seq, act.EventTitle.PL), EN: fmt.Sprintf("%d. %s", act.Seq, act.EventTitle.EN)}}}
			case input.Type == "pointer":
				field.Kind, field.Hint, field.Options = frame.Select, workflow.Text{}, a.correctable(act)
				field.Label = workflow.Text{PL: "Co sprostować", EN: "What to correct"}
			case input.Type == "value":
				field.Hint = workflow.Text{
					PL: "Wpisz to, co powinno być we wpisie. Datę wpisz jako DD.MM.RRRR albo RRRR-MM-DD.", EN: "Write what the entry should say. Write a date as DD.MM.YYYY or YYYY-MM-DD.",
				}
			}
		}
	}
	return nil
}

// entryAsked is the entry that the address names, or else the last one of the case.
func (a *acting) entryAsked(r *http.Request) string {
	if id := r.URL.Query().Get("wpis"); id != "" {
		return id
	}
	return a.Proposal.LastAct
}

// entrySent is the entry that a form which was sent names; empty where it names none.
func (a *acting) entrySent(sent frame.Sent) string {
	for _, input := range a.t.Inputs {
		if input.Type == "transition" {
			return sent.Values.Get(actform.FieldOf("/inputs/" + input.Name))
		}
	}
	return ""
}

// correctable are the parts of an entry that can be corrected, with what they say now.
func (a *acting) correctable(act workflow.Act) []frame.Option {
	polish, english := *a.subject, *a.subject
	polish.words, english.words = frame.WordsOf(call.Polish), frame.WordsOf(call.English)
	option := func(pointer string, raw []byte) frame.Option {
		title := a.pointed(act, pointer)
		return frame.Option{Value: pointer, Title: workflow.Text{
			PL: title.PL + " (jest: " + short(polish.spokenAt(act, pointer, raw)) + ")", EN: title.EN + " (now: " + short(english.spokenAt(act, pointer, raw)) + ")",
		}}
	}
	options := []frame.Option{option("/occurred_on", quoted(string(act.OccurredOn)))}
	if t := a.transition(act.Transition, act.Track); t != nil {
		for _, input := range t.Inputs {
			raw, given := act.Inputs[input.Name]
			switch {
			case !given || input.Type == "records":
			case input.Type == "transition" || input.Type == "pointer": // where a correction points stays
			case input.Type == "object":
				options = append(options, partsOf(input, raw, "/inputs/"+input.Name, option)...)
			default:
				options = append(options, option("/inputs/"+input.Name, raw))
			}
		}
	}
	if a.personal() && act.Comment != "" {
		options = append(options, option("/comment", quoted(act.Comment)))
	}
	if a.personal() && act.Justification != "" {
		options = append(options, option("/justification", quoted(act.Justification)))
	}
	return options
}

// partsOf are the parts of an object that can be corrected.
func partsOf(input workflow.InputSource, raw []byte, pointer string, option func(string, []byte) frame.Option) []frame.Option {
	var parts map[string]json.RawMessage
	if json.Unmarshal(raw, &parts) != nil {
		return nil
	}
	var options []frame.Option
	for _, part := range input.Fields {
		if value, given := parts[part.Name]; given {
			options = append(options, option(pointer+"/"+part.Name, value))
		}
	}
	return options
}

func quoted(text string) []byte {
	// A text always encodes.
	raw, _ := json.Marshal(text)
	return raw
}

// correctValue reads the right value as the part is typed that it belongs to, or refuses it at its field. It reports whether the
// entry that is corrected is public: so is its correction then.
func (p *pages) correctValue(r *http.Request, a *acting, command *workflow.Command, form *frame.Form) (public bool, err error) {
	id, c, corrects := a.Definition.Correction(workflow.Act{Transition: a.t.ID, Inputs: command.Inputs})
	if !corrects || !call.IsID(id) || c.Value == nil {
		return false, nil
	}
	record, err := p.Store.Entry(r.Context(), id)
	if errors.Is(err, store.ErrNotFound) || err == nil && (record.ProposalID != a.Proposal.ID || record.Kind != "transition") {
		return false, nil // the core refuses it
	}
	if err != nil {
		return false, fmt.Errorf("load entry: %w", err)
	}
	act, err := engine.ReadAct(record)
	if err != nil {
		return false, err
	}
	part, pointer := a.comesDownTo(act, c.Field)
	input, property, ok := a.inputAt(part, pointer)
	if !ok {
		input.Type = typeOf(pointer)
	}
	for _, one := range a.t.Inputs {
		if field := actform.FieldOf("/inputs/" + one.Name); one.Type == "value" {
			value, known := actform.Value(input, property, form.Field(field).Value)
			if command.Inputs[one.Name] = value; !known {
				form.Refuse(field, "Tej odpowiedzi nie ma w polu „"+input.Title.PL+"”", "The field “"+input.Title.EN+"” has no such answer")
			}
		}
	}
	return record.Public != nil, nil
}

// short is the beginning of a value.
func short(text string) string {
	runes := []rune(text)
	if len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return text
}
