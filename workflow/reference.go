package workflow

import (
	"slices"
	"strings"
)

// referenceErrors checks that inputs which name an act name one of this case, and that a pointer beside them points at a
// field which that act has or could have had.
func (c *Case) referenceErrors(t *Transition, v *view) []FieldError {
	var wrong []FieldError
	act, refers := Act{}, false
	for _, input := range t.Inputs {
		id, given := v.inputs[input.Name].(string)
		if input.Type != "transition" || !given {
			continue
		}
		if act, refers = c.Acts[id]; !refers || act.ProposalID != c.Proposal.ID {
			return append(wrong, FieldError{Pointer: "/inputs/" + input.Name, Message: Text{
				PL: "Ta sprawa nie ma takiego wpisu.", EN: "This case has no such entry.",
			}})
		}
	}
	for _, input := range t.Inputs {
		pointer, given := v.inputs[input.Name].(string)
		if input.Type != "pointer" || !given || !refers {
			continue
		}
		if fields := c.fieldsOf(act); !slices.ContainsFunc(fields, func(field string) bool {
			return pointer == field || strings.HasPrefix(pointer, field+"/")
		}) {
			list := strings.Join(fields, ", ")
			wrong = append(wrong, FieldError{Pointer: "/inputs/" + input.Name, Message: Text{
				PL: "Ten wpis nie ma pola „" + pointer + "”. Pola: " + list + ".", EN: "This entry has no field “" + pointer + "”. Its fields: " + list + ".",
			}})
		}
	}
	return wrong
}

// fieldsOf lists what of an act can be corrected: its date, its texts, and the inputs that its transition has.
func (c *Case) fieldsOf(act Act) []string {
	fields := []string{"/occurred_on", "/comment", "/justification"}
	add := func(name string) {
		if field := "/inputs/" + escapePointer(name); !slices.Contains(fields, field) {
			fields = append(fields, field)
		}
	}
	for _, t := range c.Definition.named[act.Transition] {
		for _, input := range t.Inputs {
			add(input.Name)
		}
	}
	for name := range act.Inputs {
		add(name)
	}
	slices.Sort(fields[3:])
	return fields
}
