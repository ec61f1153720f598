package workflow

import (
	"slices"

	"hejnal/workflow/calendar"
)

// Case is a proposal with all that is needed to decide on it.
type Case struct {
	Definition *Definition
	Proposal   Proposal
	Facts      Facts
	Acts       map[string]Act // by id: those that the examples explained refer to; for a command that corrects an entry all of the case
	InForce    func(form string) (*Definition, bool)
	Moment     Moment
}

// view gives what expressions see, without inputs.
func (c *Case) view() *view {
	return &view{
		definition: c.Definition, proposal: &c.Proposal, facts: c.Facts, today: c.Moment.Today, date: c.Moment.Today,
	}
}

// Scopes lists the fact scopes that deciding on a transition reads, sorted; with the empty id those that explaining every
// offered transition reads. Scopes that depend on inputs are found with the command's own.
func (c *Case) Scopes(command Command) []string {
	var scopes []string
	v := c.view()
	for _, t := range c.Definition.Transitions {
		named := command.Transition == "" || t.ID == command.Transition
		if !named || !slices.Contains(t.From, c.Proposal.StateOf(t.Strand)) && t.Call == "" {
			continue
		}
		v.transition, v.inputs = t, nil
		if command.Transition != "" && slices.ContainsFunc(t.reads, func(f *fact) bool { return f.scope.readsInputs() }) {
			_, seen, _ := t.schema.read(command.Inputs)
			v.inputs = seen
		}
		scopes = t.scopes(scopes, v)
		if command.Transition != "" && c.Definition.Corrects(t.ID) {
			scopes = c.correctedScopes(t, command, scopes)
		}
	}
	slices.Sort(scopes)
	return scopes
}

// correctedScopes adds the fact scopes that judging a correction reads to those that are known.
func (c *Case) correctedScopes(t *Transition, command Command, known []string) []string {
	raw, seen, wrong := t.schema.read(command.Inputs)
	if len(wrong) > 0 {
		return known
	}
	v := c.view()
	v.transition, v.inputs = t, seen
	correcting, _ := c.reference(t, v, raw)
	return correcting.scopes(known)
}

// scopes adds the fact scopes that the transition reads to those that are known.
func (t *Transition) scopes(known []string, v *view) []string {
	for _, f := range t.reads {
		if scope := f.scope.textOf(v); scope != "" && !slices.Contains(known, scope) {
			known = append(known, scope)
		}
	}
	return known
}

// facts lists the facts that the rules and checks of a transition read.
func (t *Transition) facts(d *Definition) []*fact {
	var found []*fact
	read := func(expression *Expression) {
		if expression == nil {
			return
		}
		for _, name := range expression.reads {
			if f, ok := d.factNamed(name); ok && !slices.Contains(found, f) {
				found = append(found, f)
			}
		}
	}
	for _, r := range t.rules {
		read(r.holds)
	}
	for _, ch := range t.checks {
		read(ch.holds)
	}
	for _, o := range t.outcomes {
		read(o.when)
	}
	return found
}

// earliest returns the first day on which the transition may be dated because of what it depends on, and because of the
// law or the agreement; either may be empty.
func (c *Case) earliest(t *Transition, v *view) (depends, allowed calendar.Date) {
	if !t.AnyDate {
		depends = calendar.Max(c.Proposal.Since[t.Strand], c.importedOn())
		for _, id := range t.After {
			depends = calendar.Max(depends, c.Proposal.LastOn[id])
		}
	}
	return depends, date(t.notBefore.textOf(v))
}

// importedOn is the day by which an imported case is dated, before which nothing can have happened in it; empty where there is none.
func (c *Case) importedOn() calendar.Date {
	if !c.Proposal.Legacy {
		return ""
	}
	for _, t := range c.Definition.Transitions {
		if t.Call == callImport {
			return c.Proposal.LastOn[t.ID]
		}
	}
	return ""
}
