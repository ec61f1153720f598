package workflow

import (
	"fmt"
	"regexp"
	"slices"

	"cel.dev/cel-go/cel"
)

// Compile checks a source and makes a definition of it. It answers every mistake that it finds; a definition comes back
// only where there is none. What can be known only by walking the whole definition is left to Verify.
func Compile(source Source) (*Definition, []Finding) {
	sum, _, err := digest(source)
	if err != nil {
		return nil, []Finding{{Code: "source", Message: err.Error()}}
	}
	c := &compiler{
		source: source,
		definition: &Definition{
			Source: source, Ref: Ref{Version: source.Version, Digest: sum}, Form: source.Form, Title: source.Title,
			Start: source.Start, states: map[string]*State{}, numbers: map[string]*Clock{}, codes: codeLists(source.City),
			named: map[string][]*Transition{}, record: variablesIn(source),
		},
		shared: map[string]RuleSource{},
	}
	c.env, c.findings = environment(&c.source, c.parts())
	if c.env == nil {
		return nil, c.findings
	}
	c.head()
	c.states()
	c.facts()
	c.clocks()
	c.transitions()
	c.tasks()
	c.clocksAreStarted()
	if len(c.findings) > 0 {
		return nil, c.findings
	}
	c.definition.describeMachines()
	return c.definition, nil
}

// compiler carries a source on its way to a definition.
type compiler struct {
	source     Source
	definition *Definition
	env        *cel.Env
	shared     map[string]RuleSource
	started    map[string]bool // clocks that some transition starts
	findings   []Finding
}

// strandPart is what is written for one strand.
type strandPart struct {
	strand string
	Part
}

func (c *compiler) strands() []strandPart {
	strands := []strandPart{{Route, c.source.Part}}
	for _, track := range c.source.Tracks {
		strands = append(strands, strandPart{track.ID, track.Part})
	}
	return strands
}

func (c *compiler) parts() []Part {
	var parts []Part
	for _, strand := range c.strands() {
		parts = append(parts, strand.Part)
	}
	return parts
}

func (c *compiler) report(code string, origin Origin, path, format string, args ...any) {
	c.findings = append(c.findings, Finding{Code: code, Origin: origin, Path: path, Message: fmt.Sprintf(format, args...)})
}

// translated reports a text that lacks a language.
func (c *compiler) translated(origin Origin, path string, text Text) {
	if text.Complete() {
		return
	}
	switch {
	case text.PL == "" && text.EN == "":
		c.report("missing_translation", origin, path, "%s is missing; it needs pl and en", path)
	case text.PL == "":
		c.report("missing_translation", origin, path, "%s has no pl; every text needs pl and en", path)
	default:
		c.report("missing_translation", origin, path, "%s has no en; every text needs pl and en", path)
	}
}

// expression compiles a CEL expression; an empty one gives nil.
func (c *compiler) expression(origin Origin, path, text string, want *cel.Type) *Expression {
	if text == "" {
		return nil
	}
	expression, err := compileExpression(c.env, text, want)
	if err != nil {
		c.report("expression", origin, path, "%v", err)
		return nil
	}
	return expression
}

var idForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)

func (c *compiler) head() {
	origin := Origin{File: "forms/" + c.source.Form + ".yaml", Path: "$"}
	if !idForm.MatchString(c.source.Form) {
		c.report("id", origin, "form", "%q is no form id: use lower-case letters, digits and _", c.source.Form)
	}
	if c.source.Version < 1 {
		c.report("version", origin, "version", "the version must be 1 or more")
	}
	if c.source.City.Composition < 1 {
		c.report("composition", Origin{File: "city.yaml", Path: "$"}, "composition", "the statutory composition must be 1 or more")
	}
	for _, kind := range c.source.City.Documents {
		for _, about := range kind.About {
			if !slices.ContainsFunc(c.source.City.Documents, func(code Code) bool { return code.ID == about }) {
				c.report("unknown_document", Origin{File: "city.yaml", Path: "$"}, "documents", "the document kind %s is about the unknown kind %q", kind.ID, about)
			}
		}
	}
	c.translated(origin, "title", c.source.Title)
	c.translated(origin, "summary", c.source.Summary)
	c.parties(origin)
	if c.source.Basis == "" {
		c.report("no_basis", origin, "", "the form names no legal basis")
	}
	for _, part := range c.parts() {
		for _, rule := range part.Rules {
			c.shared[rule.ID] = rule
		}
	}
}

func codeLists(city City) map[string][]Code {
	lists := map[string][]Code{"stages": city.Stages, "documents": city.Documents, "fields": city.Fields, "tools": city.Tools}
	for name, list := range city.Lists {
		lists[name] = list
	}
	return lists
}

// variablesIn lists the variables of a form and of its tracks.
func variablesIn(source Source) []Variable {
	variables := source.Record
	for _, track := range source.Tracks {
		variables = append(variables[:len(variables):len(variables)], track.Record...)
	}
	return variables
}
