package workflow

import (
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
)

// rule is a compiled rule of a transition.
type rule struct {
	RuleSource
	holds *Expression
}

// readsInputs reports whether the rule can be judged only with inputs.
func (r *rule) readsInputs() bool {
	return r.holds.readsInputs()
}

// check is a compiled condition on inputs together.
type check struct {
	CheckSource
	holds *Expression
}

// requirement is a compiled requirement of a document.
type requirement struct {
	DocumentSource
	when *Expression
}

func (c *compiler) inputs(t *Transition) {
	examples := map[string][]*example{}
	for i, input := range t.Inputs {
		path := fmt.Sprintf("inputs[%d]", i)
		c.translated(t.Origin, path+".title", input.Title)
		if slices.ContainsFunc(t.Inputs[:i], func(other InputSource) bool { return other.Name == input.Name }) {
			c.report("duplicate_input", t.Origin, path, "%s has the input %s twice", t.ID, input.Name)
		}
		if input.List != "" && len(c.definition.codes[input.List]) == 0 {
			c.report("unknown_list", t.Origin, path+".list", "the input %s names the code list %q, which does not exist", input.Name, input.List)
		}
		if input.Type == "choice" && len(valuesOf(input, c.definition.codes)) == 0 {
			c.report("no_values", t.Origin, path, "the input %s is a choice without values", input.Name)
		}
		for j, value := range input.Values {
			c.translated(t.Origin, fmt.Sprintf("%s.values[%d].title", path, j), value.Title)
		}
		if !input.Optional && len(input.Examples) == 0 {
			c.report("no_example", t.Origin, path, "the required input %s of %s has no examples", input.Name, t.ID)
		}
		examples[input.Name] = c.examples(t, path, input)
	}
	t.schema = newSchema(t.Inputs, c.definition.codes, examples)
}

func (c *compiler) examples(t *Transition, path string, input InputSource) []*example {
	var compiled []*example
	for i, written := range input.Examples {
		text, ok := written.(string)
		if !ok || !strings.HasPrefix(text, "=") {
			compiled = append(compiled, &example{constant: written})
			continue
		}
		expression := c.expression(t.Origin, fmt.Sprintf("%s.examples[%d]", path, i), text[1:], nil)
		if expression != nil {
			compiled = append(compiled, &example{expression: expression})
		}
	}
	return compiled
}

func (c *compiler) requirements(t *Transition) {
	for i, written := range t.Documents {
		path := fmt.Sprintf("documents[%d]", i)
		for j, kind := range written.AnyOf {
			if !slices.ContainsFunc(c.source.City.Documents, func(code Code) bool { return code.ID == kind }) {
				c.report("unknown_document", t.Origin, fmt.Sprintf("%s.any_of[%d]", path, j), "%s asks for a document of the unknown kind %q", t.ID, kind)
			}
		}
		when := c.expression(t.Origin, path+".when", written.When, cel.BoolType)
		c.within(t, path+".when", when)
		t.documents = append(t.documents, &requirement{DocumentSource: written, when: when})
	}
}

func (c *compiler) conditions(t *Transition) {
	for i, written := range t.Checks {
		path := fmt.Sprintf("checks[%d]", i)
		c.translated(t.Origin, path+".message", written.Message)
		compiled := &check{CheckSource: written, holds: c.expression(t.Origin, path+".holds", written.Holds, cel.BoolType)}
		c.within(t, path+".holds", compiled.holds)
		t.checks = append(t.checks, compiled)
	}
	for i, written := range t.Rules {
		c.rule(t, fmt.Sprintf("rules[%d]", i), written)
	}
}

func (c *compiler) rule(t *Transition, path string, written RuleSource) {
	if written.Use != "" {
		shared, ok := c.shared[written.Use]
		if !ok {
			c.report("unknown_rule", t.Origin, path+".use", "%s uses the shared rule %q, which does not exist", t.ID, written.Use)
			return
		}
		written = shared
	}
	if written.ID == "" {
		c.report("id", t.Origin, path, "a rule of %s has no id", t.ID)
	}
	if written.Severity != string(Block) && written.Severity != string(Warn) {
		c.report("severity", t.Origin, path+".severity", "the rule %s has the severity %q; use block or warn", written.ID, written.Severity)
	}
	if written.Holds == "" {
		c.report("no_condition", t.Origin, path, "the rule %s says nothing that must hold", written.ID)
	}
	c.translated(t.Origin, path+".message", written.Message)
	compiled := &rule{RuleSource: written, holds: c.expression(t.Origin, path+".holds", written.Holds, cel.BoolType)}
	c.within(t, path+".holds", compiled.holds)
	t.rules = append(t.rules, compiled)
}
