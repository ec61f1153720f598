package published

import (
	"encoding/json"
	"slices"
	"strings"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Recorded is what an act said when it was recorded, before anything of it was corrected.
type Recorded struct {
	OccurredOn calendar.Date
	Inputs     map[string]json.RawMessage
}

// Correction is what a later public act corrects in an earlier one.
type Correction struct {
	By    string          // id of the public event that tells of it
	Field string          // JSON pointer; empty: a field that is not public
	Value json.RawMessage // nil where the field is not public
}

// corrected gives acts as later ones among them correct them.
func corrected(d *workflow.Definition, acts []Act) []Act {
	told := make([]workflow.Act, len(acts))
	for i, act := range acts {
		told[i] = workflow.Act{ID: act.ID, Transition: act.Transition, OccurredOn: act.OccurredOn, Inputs: act.Inputs}
	}
	for i, act := range d.Corrected(told) {
		one := &acts[i]
		one.Recorded = Recorded{OccurredOn: one.OccurredOn, Inputs: one.Inputs}
		one.OccurredOn, one.Inputs = act.OccurredOn, act.Inputs
		for _, c := range act.Corrections {
			one.Corrections = append(one.Corrections, Correction(c))
		}
	}
	return acts
}

// Corrected names the public fields that were corrected, each once, in the order of the acts.
func (c Case) Corrected() []workflow.Text {
	var names []workflow.Text
	for _, act := range c.Acts {
		if _, _, corrects := c.correction(act); corrects {
			continue
		}
		for _, correction := range act.Corrections {
			if name := c.fieldOf(act, correction.Field).Title; correction.Field != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// correction reads which act another one corrects, and how; ok is false for an act that corrects none, or none that is known.
func (c Case) correction(act Act) (of Act, how workflow.Correction, ok bool) {
	id, how, ok := c.Definition.Correction(workflow.Act{ID: act.ID, Transition: act.Transition, Inputs: act.Inputs})
	i := slices.IndexFunc(c.Acts, func(a Act) bool { return a.ID == id })
	if !ok || i < 0 {
		return Act{}, how, false
	}
	return c.Acts[i], how, true
}

// fieldOf is the input of an act, or the field of one, that a pointer leads to. Of a correction's value it is the field corrected.
func (c Case) fieldOf(act Act, pointer string) workflow.InputSource {
	if pointer == "/occurred_on" {
		return workflow.InputSource{Type: "date", Title: workflow.Text{PL: "Data czynności", EN: "Date of the act"}}
	}
	unknown := workflow.InputSource{Title: workflow.Text{PL: "Treść wpisu", EN: "Content of the entry"}}
	path, _ := strings.CutPrefix(pointer, "/inputs/")
	transitions := c.Definition.Named(act.Transition)
	if len(transitions) == 0 {
		return unknown
	}
	found, inputs := unknown, transitions[0].Inputs
	for name := range strings.SplitSeq(path, "/") {
		i := slices.IndexFunc(inputs, func(input workflow.InputSource) bool { return input.Name == name })
		if i < 0 {
			return unknown
		}
		found, inputs = inputs[i], inputs[i].Fields
	}
	if of, how, corrects := c.correction(act); corrects && found.Type == "value" {
		return c.fieldOf(of, how.Field)
	}
	return found
}

// correctionFacts are what an act tells that corrects another one.
func (c Case) correctionFacts(of Act, how workflow.Correction) []Fact {
	entry := Fact{Name: workflow.Text{PL: "Prostowany wpis", EN: "Entry corrected"}, Text: of.Name}
	if on := of.Recorded.OccurredOn; on != "" {
		entry.Text = workflow.Text{PL: of.Name.PL + " (" + string(on) + ")", EN: of.Name.EN + " (" + string(on) + ")"}
	}
	if how.Field == "" || how.Value == nil {
		return []Fact{entry, {Name: workflow.Text{PL: "Pole", EN: "Field"}, Text: workflow.Text{PL: "niejawne", EN: "not public"}}}
	}
	field := c.fieldOf(of, how.Field)
	right := factOf(field, how.Value, c.Definition.Source.City)
	right.Name = workflow.Text{PL: field.Title.PL + ", po sprostowaniu", EN: field.Title.EN + ", as corrected"}
	return []Fact{entry, right}
}

// Right tells what an act says is right that corrects another one, which is named by the id of its public event; what it says
// of a field that is not public is not told.
func (a Act) Right(forms Forms) (right []Fact, corrected string) {
	definition, known := forms.Form(a.Form)
	if !known {
		return nil, ""
	}
	of, how, corrects := definition.Correction(workflow.Act{Transition: a.Transition, Inputs: a.Inputs})
	if !corrects || how.Field == "" || how.Value == nil {
		return nil, of
	}
	c := Case{Definition: definition}
	for _, transition := range definition.Transitions { // which one was corrected is not known here, but the pointer names the field
		field := c.fieldOf(Act{Transition: transition.ID}, how.Field)
		if field.Type != "" {
			fact := factOf(field, how.Value, definition.Source.City)
			fact.Name = field.Title
			return []Fact{fact}, of
		}
	}
	return nil, of
}
