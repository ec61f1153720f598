package casefile

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sort"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

// prefill fills in what the address names: the entry that is to be corrected, and the fields that it has.
func (p *pages) prefill(r *http.Request, a *acting, form *frame.Form) error {
	named := slices.IndexFunc(a.t.Inputs, func(input workflow.InputSource) bool { return input.Type == "transition" })
	id := r.URL.Query().Get("wpis")
	if named < 0 || !isID(id) {
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
	for i := range form.Fields {
		field := &form.Fields[i]
		for _, input := range a.t.Inputs {
			switch {
			case field.Name != "in."+input.Name:
			case input.Type == "transition":
				field.Kind, field.Value = frame.Select, act.ID
				field.Options = []frame.Option{{Value: act.ID, Title: workflow.Text{PL: fmt.Sprintf("%d. %s", act.Seq, act.EventTitle.PL), EN: fmt.Sprintf("%d. %s", act.Seq, act.EventTitle.EN)}}}
			case input.Type == "pointer":
				field.Kind, field.Hint, field.Options = frame.Select, workflow.Text{}, a.correctable(act)
			}
		}
	}
	return nil
}

// correctable are the parts of an entry that can be corrected, with what they say now.
func (a *acting) correctable(act workflow.Act) []frame.Option {
	options := []frame.Option{{
		Value: "/occurred_on", Title: workflow.Text{PL: "Data czynności (jest: " + frame.WordsOf("pl").Day(act.OccurredOn) + ")", EN: "Date of the act (now: " + frame.WordsOf("en").Day(act.OccurredOn) + ")"},
	}}
	t := a.transition(act.Transition, act.Track)
	var names []string
	for name := range act.Inputs {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		title := workflow.Text{PL: name, EN: name}
		if t != nil {
			if i := slices.IndexFunc(t.Inputs, func(input workflow.InputSource) bool { return input.Name == name }); i >= 0 {
				title = t.Inputs[i].Title
			}
		}
		options = append(options, frame.Option{Value: "/inputs/" + name, Title: workflow.Text{
			PL: title.PL + " (jest: " + short(act.Inputs[name]) + ")", EN: title.EN + " (now: " + short(act.Inputs[name]) + ")",
		}})
	}
	return options
}

// short is the beginning of a value.
func short(raw []byte) string {
	text := []rune(string(raw))
	if len(text) > 60 {
		return string(text[:60]) + "…"
	}
	return string(text)
}
