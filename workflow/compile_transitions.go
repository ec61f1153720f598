package workflow

import (
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
)

func (c *compiler) transitions() {
	c.started = map[string]bool{}
	for _, strand := range c.strands() {
		for _, written := range strand.Transitions {
			t := c.transition(strand.strand, written)
			c.definition.Transitions = append(c.definition.Transitions, t)
			c.definition.named[t.ID] = append(c.definition.named[t.ID], t)
		}
	}
	c.namesAreClear()
	c.namedTransitionsExist()
}

func (c *compiler) transition(strand string, written TransitionSource) *Transition {
	t := &Transition{TransitionSource: written, Strand: strand}
	origin := written.Origin
	if !idForm.MatchString(written.ID) {
		c.report("id", origin, "id", "%q is no transition id: use lower-case letters, digits and _", written.ID)
	}
	c.translated(origin, "title", written.Title)
	c.rolesMayMove(t)
	c.resolutionMarks(t)
	c.ends(t)
	c.inputs(t)
	c.requirements(t)
	c.conditions(t)
	t.notBefore = c.expression(origin, "not_before", written.NotBefore, cel.StringType)
	c.within(t, "not_before", t.notBefore)
	t.effect = c.effect(t, "then", written.Then)
	t.opening = c.opening(t, "then.open", written.Then.Open)
	c.outcomesOf(t)
	t.ways = t.results()
	t.reads = t.facts(c.definition)
	return t
}

func (c *compiler) rolesMayMove(t *Transition) {
	if len(t.Roles) == 0 {
		c.report("no_role", t.Origin, "roles", "nobody may make %s: name its roles", t.ID)
	}
	for i, role := range t.Roles {
		path := fmt.Sprintf("roles[%d]", i)
		switch {
		case !role.Known():
			c.report("unknown_role", t.Origin, path, "%q is no role", role)
		case !role.Moves():
			c.report("role_cannot_move", t.Origin, path, "the role %s moves nothing, so it cannot make %s", role, t.ID)
		}
	}
}

// ends resolves where a transition starts and leads.
func (c *compiler) ends(t *Transition) {
	from := slices.Clone(t.From)
	for _, state := range c.definition.States {
		if state.Strand != t.Strand {
			continue
		}
		named := t.FromAny || (t.FromOpen && state.Kind != End) || slices.Contains(t.FromIfAny, state.ID)
		if named && !slices.Contains(from, state.ID) {
			from = append(from, state.ID)
		}
	}
	for i, id := range t.From {
		c.stateIsKnown(t, fmt.Sprintf("from[%d]", i), id)
	}
	t.From = from
	if t.Call == callOpen || t.Call == callImport {
		return
	}
	switch {
	case t.To != "" && len(t.Outcomes) > 0:
		c.report("two_ways", t.Origin, "to", "%s has both a destination and outcomes", t.ID)
	case t.To == "" && len(t.Outcomes) == 0:
		c.report("no_destination", t.Origin, "", "%s leads nowhere: give `to`, or outcomes", t.ID)
	case t.To != "":
		c.stateIsKnown(t, "to", t.To)
		c.eventIsNamed(t, "event", t.Event)
	}
}

func (c *compiler) stateIsKnown(t *Transition, path, id string) {
	if id == "=" {
		return
	}
	if _, ok := c.definition.State(t.Strand, id); !ok {
		c.report("unknown_state", t.Origin, path, "%s names the state %q, which the %s does not have", t.ID, id, t.Strand)
	}
}

func (c *compiler) eventIsNamed(t *Transition, path, event string) {
	if !idForm.MatchString(event) {
		c.report("event", t.Origin, path, "%s has the event %q: use lower-case letters, digits and _", t.ID, event)
	}
}

func (c *compiler) outcomesOf(t *Transition) {
	for i, written := range t.Outcomes {
		path := fmt.Sprintf("outcomes[%d]", i)
		c.stateIsKnown(t, path+".to", written.To)
		c.eventIsNamed(t, path+".event", written.Event)
		c.translated(t.Origin, path+".event_title", written.EventTitle)
		compiled := &outcome{
			OutcomeSource: written,
			when:          c.expression(t.Origin, path+".when", written.When, cel.BoolType),
			effect:        c.effect(t, path+".then", written.Then),
			opening:       c.opening(t, path+".then.open", written.Then.Open),
		}
		c.within(t, path+".when", compiled.when)
		t.outcomes = append(t.outcomes, compiled)
	}
	if len(t.Outcomes) > 0 && t.Outcomes[len(t.Outcomes)-1].When != "" {
		c.report("outcome_missing", t.Origin, "outcomes", "the last outcome of %s must always hold: leave its `when` out", t.ID)
	}
}

// namesAreClear reports two transitions that answer to one name in one state of the case.
func (c *compiler) namesAreClear() {
	seen := map[string]*Transition{}
	strands := map[string]*Transition{}
	for _, t := range c.definition.Transitions {
		if other, ok := strands[t.ID]; ok && other.Strand != t.Strand {
			c.report("ambiguous_name", t.Origin, "id", "%s is a transition of the %s and of the %s; a command names no track", t.ID, other.Strand, t.Strand)
		}
		strands[t.ID] = t
		for _, from := range t.From {
			if _, twice := seen[t.ID+"/"+from]; twice {
				c.report("ambiguous_name", t.Origin, "id", "two transitions answer to %s in the state %s", t.ID, from)
			}
			seen[t.ID+"/"+from] = t
		}
	}
}

// namedTransitionsExist reports references to transitions that the form does not have.
func (c *compiler) namedTransitionsExist() {
	for _, t := range c.definition.Transitions {
		c.transitionsExist(t, "not_by", t.NotBy)
		c.transitionsExist(t, "after", t.After)
		for i, rule := range t.rules {
			c.transitionsExist(t, fmt.Sprintf("rules[%d].cleared_by", i), rule.ClearedBy)
		}
	}
}

func (c *compiler) transitionsExist(t *Transition, path string, ids []string) {
	for i, id := range ids {
		if len(c.definition.named[id]) == 0 {
			c.report("unknown_transition", t.Origin, fmt.Sprintf("%s[%d]", path, i), "%s names the transition %q, which the form does not have", t.ID, id)
		}
	}
}

// within reports inputs that an expression reads and the transition does not have.
func (c *compiler) within(t *Transition, path string, expression *Expression) {
	if expression == nil {
		return
	}
	for _, name := range expression.reads {
		input, ok := strings.CutPrefix(name, "inputs.")
		if !ok {
			input, ok = strings.CutPrefix(name, "given.")
		}
		if ok && !slices.ContainsFunc(t.Inputs, func(i InputSource) bool { return i.Name == input }) {
			c.report("unknown_variable", t.Origin, path, "the expression reads %s, which is no input of %s", name, t.ID)
		}
	}
}
