package workflow

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// reference finds the entry and the part of it that a command corrects; nil where it corrects none. It checks that an input
// which names an act names one of this case, that a pointer beside it points at a field which that act has or could have had,
// and that a value beside the pointer could stand there. Such a value is kept, in raw and in what expressions see, as the act
// itself would keep it.
func (c *Case) reference(t *Transition, v *view, raw map[string]json.RawMessage) (*correcting, []FieldError) {
	if !c.Definition.Corrects(t.ID) {
		return nil, nil
	}
	acts, named := c.history(), -1
	for _, input := range t.Inputs {
		id, given := v.inputs[input.Name].(string)
		if input.Type != "transition" || !given {
			continue
		}
		if named = slices.IndexFunc(acts, func(a CorrectedAct) bool { return a.ID == id }); named < 0 {
			return nil, []FieldError{{Pointer: "/inputs/" + input.Name, Message: Text{
				PL: "Ta sprawa nie ma takiego wpisu.", EN: "This case has no such entry.",
			}}}
		}
	}
	if named < 0 {
		return nil, nil
	}
	k := &correcting{c: c, acts: acts, named: acts[named].Act}
	part, wrong := c.pointed(t, v, acts, acts[named])
	if part == nil {
		return k, wrong
	}
	for _, input := range t.Inputs {
		value, given := v.inputs[input.Name]
		if input.Type != "value" || !given {
			continue
		}
		kept, text, bad := part.judge(input.Name, value, v.today)
		if wrong = append(wrong, bad...); len(bad) == 0 {
			v.inputs[input.Name], raw[input.Name] = kept, text
			wrong = append(wrong, k.of(part, input.Name, text)...)
		}
	}
	return k, wrong
}

// history gives the acts of the case that are loaded, oldest first, as they were corrected.
func (c *Case) history() []CorrectedAct {
	acts := slices.SortedFunc(maps.Values(c.Acts), func(a, b Act) int { return int(a.Seq - b.Seq) })
	return c.Definition.Corrected(slices.DeleteFunc(acts, func(a Act) bool { return a.ProposalID != c.Proposal.ID }))
}

// pointed finds the part of the act that a pointer among the inputs leads to; nil where there is no pointer, or it leads nowhere.
func (c *Case) pointed(t *Transition, v *view, acts []CorrectedAct, act CorrectedAct) (found *entryPart, wrong []FieldError) {
	for _, input := range t.Inputs {
		pointer, given := v.inputs[input.Name].(string)
		if input.Type != "pointer" || !given {
			continue
		}
		one, ok := c.partOf(acts, act, pointer)
		if !ok {
			list := strings.Join(c.fieldsOf(act.Act), ", ")
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
	inputs := c.inputsOf(act)
	add := func(name string) {
		if field := "/inputs/" + escapePointer(name); !slices.Contains(fields, field) {
			fields = append(fields, field)
		}
	}
	for _, input := range inputs {
		if !leads(input) {
			add(input.Name)
		}
	}
	for name := range act.Inputs {
		if !slices.ContainsFunc(inputs, func(input InputSource) bool { return input.Name == name }) {
			add(name)
		}
	}
	slices.Sort(fields[3:])
	return fields
}

// inputsOf lists the inputs of an act's transition: of all that answer to its id, those of the one that was made come first.
func (c *Case) inputsOf(act Act) []InputSource {
	var made, others []InputSource
	for _, t := range c.Definition.named[act.Transition] {
		if t.made(act) {
			made = append(made, t.Inputs...)
			continue
		}
		others = append(others, t.Inputs...)
	}
	return append(made, others...)
}

// made reports whether the act was made by the transition and not by another one of its name.
func (t *Transition) made(act Act) bool {
	return t.ID == act.Transition && t.Strand == act.Track && (slices.Contains(t.From, act.From) || act.From == "")
}
