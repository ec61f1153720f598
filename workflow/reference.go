package workflow

import (
	"encoding/json"
	"slices"
	"strings"
)

// referenceErrors checks that inputs which name an act name one of this case, that a pointer beside them points at a field
// which that act has or could have had, and that a value beside the pointer could stand there. Such a value is kept, in raw
// and in what expressions see, as the act itself would keep it.
func (c *Case) referenceErrors(t *Transition, v *view, raw map[string]json.RawMessage) []FieldError {
	act, refers := Act{}, false
	for _, input := range t.Inputs {
		id, given := v.inputs[input.Name].(string)
		if input.Type != "transition" || !given {
			continue
		}
		if act, refers = c.Acts[id]; !refers || act.ProposalID != c.Proposal.ID {
			return []FieldError{{Pointer: "/inputs/" + input.Name, Message: Text{
				PL: "Ta sprawa nie ma takiego wpisu.", EN: "This case has no such entry.",
			}}}
		}
	}
	if !refers {
		return nil
	}
	part, wrong := c.pointed(t, v, act)
	if part == nil {
		return wrong
	}
	for _, input := range t.Inputs {
		value, given := v.inputs[input.Name]
		if input.Type != "value" || !given {
			continue
		}
		kept, text, bad := part.judge(input.Name, value, v.today)
		if wrong = append(wrong, bad...); len(bad) == 0 {
			v.inputs[input.Name], raw[input.Name] = kept, text
		}
	}
	return wrong
}

// pointed finds the part of the act that a pointer among the inputs leads to; nil where there is no pointer, or it leads nowhere.
func (c *Case) pointed(t *Transition, v *view, act Act) (found *entryPart, wrong []FieldError) {
	for _, input := range t.Inputs {
		pointer, given := v.inputs[input.Name].(string)
		if input.Type != "pointer" || !given {
			continue
		}
		one, ok := c.partOf(act, pointer)
		if !ok {
			list := strings.Join(c.fieldsOf(act), ", ")
			return nil, []FieldError{{Pointer: "/inputs/" + input.Name, Message: Text{
				PL: "Ten wpis nie ma pola „" + pointer + "”. Pola: " + list + ".", EN: "This entry has no field “" + pointer + "”. Its fields: " + list + ".",
			}}}
		}
		found = &one
	}
	return found, nil
}

// fieldsOf lists what of an act can be corrected: its date, its texts, and the inputs that its transition has.
func (c *Case) fieldsOf(act Act) []string {
	fields := []string{onDay, commented, justified}
	add := func(name string) {
		if field := "/inputs/" + escapePointer(name); !slices.Contains(fields, field) {
			fields = append(fields, field)
		}
	}
	for _, input := range c.inputsOf(act) {
		add(input.Name)
	}
	for name := range act.Inputs {
		add(name)
	}
	slices.Sort(fields[3:])
	return fields
}

// inputsOf lists the inputs of an act's transition: of all that answer to its id, those of the one that was made come first.
func (c *Case) inputsOf(act Act) []InputSource {
	var made, others []InputSource
	for _, t := range c.Definition.named[act.Transition] {
		if t.Strand == act.Track && slices.Contains(t.From, act.From) {
			made = append(made, t.Inputs...)
			continue
		}
		others = append(others, t.Inputs...)
	}
	return append(made, others...)
}
