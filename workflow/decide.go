package workflow

import (
	"fmt"
	"slices"
	"strings"

	"hejnal/workflow/calendar"
)

// Decide judges a command on a case. It answers either a change, to be committed as a whole, or a refusal with every
// reason. Reasons are judged in the order of [Kind]; within [Blocked] all are collected.
func Decide(c Case, command Command) (*Change, *Refusal) {
	t, refusal := c.find(command, "")
	if refusal != nil {
		return nil, refusal
	}
	return c.decide(t, command)
}

// find gives the transition that the command names, made by the call ("" for those that are offered).
func (c *Case) find(command Command, call string) (*Transition, *Refusal) {
	var first *Transition
	may := false
	for _, t := range c.Definition.named[command.Transition] {
		if t.Call != call {
			continue
		}
		if first == nil {
			first = t
		}
		may = may || command.By.Has(t.Roles...)
	}
	if first == nil {
		return nil, c.unknown(command.Transition)
	}
	if !may {
		return nil, forbidden(first, c.Definition.rolesFor(command.Transition, call))
	}
	for _, t := range c.Definition.named[command.Transition] {
		if t.Call != call || !slices.Contains(t.From, c.Proposal.StateOf(t.Strand)) {
			continue
		}
		if !command.By.Has(t.Roles...) {
			return nil, forbidden(t, t.Roles)
		}
		return t, nil
	}
	return nil, c.notOffered(first)
}

// rolesFor lists the roles that may make one of the transitions that answer to the id and are made by the call.
func (d *Definition) rolesFor(id, call string) []Role {
	var who []Role
	for _, t := range d.named[id] {
		if t.Call == call {
			who = append(who, t.Roles...)
		}
	}
	return who
}

func (c *Case) decide(t *Transition, command Command) (*Change, *Refusal) {
	v := c.view()
	v.transition = t
	v.role, _ = command.By.roleAmong(t.Roles)
	if command.OccurredOn != "" {
		v.date = command.OccurredOn
	}
	kept, correcting, refusal := c.read(t, command, v)
	if refusal != nil {
		return nil, refusal
	}
	blockers := append(c.blockers(t, command.By, v, true), correcting.blockers()...)
	warnings := slices.DeleteFunc(slices.Clone(blockers), func(b Blocker) bool { return b.Severity != Warn })
	guard := func() error {
		if len(blockers) > len(warnings) || len(warnings) > 0 && strings.TrimSpace(command.Justification) == "" {
			return blocked(t, blockers)
		}
		return nil
	}
	result := t.way(v)
	from := c.Proposal.StateOf(t.Strand)
	to, err := t.move(from, result.move, guard)
	if err != nil {
		return nil, refusalOf(t, err)
	}
	draft := &draft{c: c, t: t, v: v, command: command, kept: kept, way: result, from: from, to: to, warnings: warnings, correcting: correcting}
	return draft.change()
}

// read validates the command's texts, date and inputs, and finds what it corrects.
func (c *Case) read(t *Transition, command Command, v *view) (map[string]keptInput, *correcting, *Refusal) {
	var correcting *correcting
	wrong := textErrors(command)
	wrong = append(wrong, c.dateErrors(t, v)...)
	raw, seen, bad := t.schema.read(command.Inputs)
	wrong = append(wrong, bad...)
	if len(bad) == 0 {
		v.inputs = seen
		correcting, bad = c.reference(t, v, raw)
		wrong = append(wrong, bad...)
		for _, check := range t.checks {
			if !check.holds.holds(v) {
				wrong = append(wrong, FieldError{Pointer: fieldPointer(check.Field), Message: check.Message})
			}
		}
	}
	if len(wrong) > 0 {
		return nil, nil, &Refusal{Kind: Invalid, Errors: wrong, Message: Text{
			PL: "Popraw dane: " + wrong[0].Message.PL, EN: "Correct the inputs: " + wrong[0].Message.EN,
		}}
	}
	kept := map[string]keptInput{}
	for _, input := range t.Inputs {
		if value, ok := raw[input.Name]; ok {
			kept[input.Name] = keptInput{raw: value, source: input}
		}
	}
	return kept, correcting, nil
}

func fieldPointer(field string) string {
	if field == "occurred_on" || field == "" {
		return "/occurred_on"
	}
	return "/inputs/" + escapePointer(field)
}

// maxRemark bounds a comment and a justification, in characters.
const maxRemark = 4_000

func textErrors(command Command) []FieldError {
	var wrong []FieldError
	for _, remark := range [][2]string{{"/comment", command.Comment}, {"/justification", command.Justification}} {
		pointer, text := remark[0], remark[1]
		if message := NotPlain(strings.TrimSpace(text)); !message.IsZero() {
			wrong = append(wrong, FieldError{Pointer: pointer, Message: message})
		}
		if n := len([]rune(text)); n > maxRemark {
			wrong = append(wrong, FieldError{Pointer: pointer, Message: Text{
				PL: fmt.Sprintf("Najwyżej %d znaków; jest %d.", maxRemark, n), EN: fmt.Sprintf("At most %d characters; there are %d.", maxRemark, n),
			}})
		}
	}
	return wrong
}

// firstDay is before every act that is recorded: an earlier one is a slip.
const firstDay calendar.Date = "1900-01-01"

func (c *Case) dateErrors(t *Transition, v *view) []FieldError {
	if message, ok := wrongDay(v.date, v.today); ok {
		return []FieldError{{Pointer: "/occurred_on", Message: message}}
	}
	if depends, _ := c.earliest(t, v); v.date < depends {
		return []FieldError{{Pointer: "/occurred_on", Message: Text{
			PL: fmt.Sprintf("Data czynności (%s) nie może być wcześniejsza niż czynność, od której zależy (%s).", v.date, depends),
			EN: fmt.Sprintf("The date of the act (%s) cannot lie before the act that it depends on (%s).", v.date, depends),
		}}}
	}
	return nil
}

// wrongDay says why no act can have happened on the day, whatever it depends on; ok is false for a day on which one can.
func wrongDay(day, today calendar.Date) (message Text, ok bool) {
	if _, err := calendar.Parse(string(day)); err != nil {
		return unreadable("date"), true
	}
	if day < firstDay {
		return Text{
			PL: fmt.Sprintf("Data czynności (%s) jest zbyt dawna; sprawdź rok.", day), EN: fmt.Sprintf("The date of the act (%s) is too long ago; look at the year.", day),
		}, true
	}
	if day > today {
		return Text{
			PL: fmt.Sprintf("Data czynności (%s) nie może być późniejsza niż dziś (%s).", day, today),
			EN: fmt.Sprintf("The date of the act (%s) cannot lie after today (%s).", day, today),
		}, true
	}
	return Text{}, false
}
