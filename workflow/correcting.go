package workflow

import (
	"encoding/json"
	"slices"
	"strings"
)

// correcting is a command that corrects an act of the case, and the act that it comes down to: where a correction is corrected,
// the act that this one corrects.
type correcting struct {
	c     *Case
	acts  []CorrectedAct // of the case, oldest first
	named Act            // that the command names
	part  *entryPart     // that is corrected; nil where nothing is known to follow from it

	before, after Act // the act as it was corrected until now, and as it is corrected by the command
	t             *Transition
	field         string // the value of the command, for what is wrong with it
}

// of notes which part becomes what, and judges the act that it is part of with its right value.
func (k *correcting) of(part *entryPart, field string, value json.RawMessage) []FieldError {
	k.part, k.field, k.before, k.after = part, field, part.act.Act, part.act.Act
	k.after.put(part.pointer, value)
	if k.t = k.c.Definition.transitionOf(k.before); k.t == nil {
		return nil
	}
	var wrong []FieldError
	seen, bad := k.t.seen(k.after)
	for _, one := range bad {
		if k.changes("inputs." + one.input) {
			wrong = append(wrong, FieldError{Pointer: fieldPointer(field), Message: one.Message})
		}
	}
	if len(wrong) > 0 {
		return wrong[:1]
	}
	v := k.judged(seen)
	for _, check := range k.t.checks {
		if k.concerns(check.holds) && !check.holds.holds(v) {
			wrong = append(wrong, FieldError{Pointer: fieldPointer(field), Message: check.Message})
		}
	}
	return append(wrong, k.order()...)
}

// inputError is what is wrong with one input of an act.
type inputError struct {
	input string
	FieldError
}

// seen gives the inputs of an act as expressions see them. One that does not fit, as what is left of an erased one, is left out.
func (t *Transition) seen(act Act) (seen map[string]any, wrong []inputError) {
	seen = map[string]any{}
	for _, input := range t.Inputs {
		raw, given := act.Inputs[input.Name]
		if !given {
			continue
		}
		_, one, bad := newSchema([]InputSource{input}, t.schema.codes, nil).read(map[string]json.RawMessage{input.Name: raw})
		if len(bad) > 0 {
			wrong = append(wrong, inputError{input.Name, bad[0]})
			continue
		}
		seen[input.Name] = one[input.Name]
	}
	return seen, wrong
}

// view is what the expressions of the act's transition see of the case as it is now and of the act with these inputs.
func (k *correcting) view(p *Proposal, act Act, seen map[string]any) *view {
	v := k.c.view()
	v.proposal, v.transition, v.inputs, v.date, v.role = p, k.t, seen, act.OccurredOn, act.Actor.Role
	return v
}

// changes reports whether the command changes what a variable of expressions says.
func (k *correcting) changes(variable string) bool {
	if k.part.pointer == onDay {
		return variable == "act.date"
	}
	steps, within := inputSteps(k.part.pointer)
	return within && (variable == "inputs."+steps[0] || variable == "given."+steps[0])
}

// reads reports whether an expression reads what the command changes.
func (k *correcting) reads(e *Expression) bool {
	return e != nil && slices.ContainsFunc(e.reads, k.changes)
}

// concerns reports whether a condition of the act's transition can be judged on its corrected part: it reads this part, and
// nothing else that may have changed since. Other inputs are left to corrections of their own, except beside a corrected day.
func (k *correcting) concerns(e *Expression) bool {
	return k.reads(e) && !slices.ContainsFunc(e.reads, func(name string) bool { return !k.changes(name) && !k.lasts(name) })
}

// lasts reports whether a variable says now what it said when the act was made.
func (k *correcting) lasts(name string) bool {
	group, rest, _ := strings.Cut(name, ".")
	switch group {
	case "inputs", "given":
		return k.part.pointer == onDay
	case "constants", "city":
		return true
	case "act":
		return rest == "date" || rest == "today"
	case "proposal":
		return rest == "form"
	case "facts":
		fact, known := k.c.Definition.factNamed(name)
		return known && k.concerns(fact.scope)
	case "record":
		return k.keeps(rest)
	}
	return false
}
