package workflow

import (
	"strings"

	"cel.dev/cel-go/cel"

	"hejnal/workflow/calendar"
)

// view is what expressions see of a case and a command. It resolves a variable when an expression reads it.
type view struct {
	definition *Definition
	proposal   *Proposal
	facts      Facts
	today      calendar.Date
	date       calendar.Date
	role       Role
	transition *Transition    // whose inputs are seen; nil: none
	inputs     map[string]any // by name, as expressions see them
}

var _ cel.Activation = (*view)(nil)

// Parent implements [cel.Activation].
func (v *view) Parent() cel.Activation { return nil }

// ResolveName implements [cel.Activation].
func (v *view) ResolveName(name string) (any, bool) {
	group, rest, found := strings.Cut(name, ".")
	if !found {
		return nil, false
	}
	switch group {
	case "proposal":
		return v.ofProposal(rest)
	case "partner":
		return v.ofPartner(rest)
	case "act":
		return v.ofAct(rest)
	case "city":
		return v.ofCity(rest)
	case "constants":
		value, ok := v.definition.Source.Constants[rest]
		return value, ok
	case "tracks":
		return v.proposal.Tracks[rest], true
	case "record":
		return v.ofRecord(rest)
	case "inputs":
		return v.ofInput(rest)
	case "given":
		_, given := v.inputs[rest]
		return given, true
	case "facts":
		return v.ofFact(rest)
	case "documents":
		return v.newest(rest).SHA256, true
	case "names_city":
		return v.newest(rest).NamesCity, true
	case "deadlines":
		return string(v.proposal.runningDeadline(rest)), true
	}
	return nil, false
}

func (v *view) ofProposal(name string) (any, bool) {
	p := v.proposal
	switch name {
	case "form":
		return p.Form, true
	case "title":
		return p.Title, true
	case "description":
		return p.Description, true
	case "state":
		return p.State, true
	case "stage":
		return p.Stage, true
	case "round":
		return int64(p.Round), true
	case "readings":
		return int64(p.Readings), true
	case "serial":
		return int64(p.Serial), true
	case "fields":
		return nonNil(p.Fields), true
	case "tools":
		return nonNil(p.Tools), true
	}
	return nil, false
}

func (v *view) ofPartner(name string) (any, bool) {
	p := v.proposal.Partner
	switch name {
	case "id":
		return p.ID, true
	case "name":
		return p.Name, true
	case "country":
		return p.Country, true
	case "continent":
		return p.Continent, true
	case "kind":
		return p.Kind, true
	case "wikidata":
		return p.Wikidata, true
	}
	return nil, false
}

func (v *view) ofAct(name string) (any, bool) {
	switch name {
	case "date":
		return string(v.date), true
	case "today":
		return string(v.today), true
	case "role":
		return string(v.role), true
	case "last":
		return v.proposal.LastAct, true
	}
	return nil, false
}

func (v *view) ofCity(name string) (any, bool) {
	switch name {
	case "composition":
		return int64(v.definition.Source.City.Composition), true
	case "name":
		return v.definition.Source.City.Name, true
	}
	return nil, false
}

func (v *view) ofRecord(name string) (any, bool) {
	if value, ok := v.proposal.Record[name]; ok {
		return recorded(value), true
	}
	for _, variable := range v.definition.record {
		if variable.Name == name {
			return zeroOf(variable.Type), true
		}
	}
	return nil, false
}

func (v *view) ofInput(name string) (any, bool) {
	if value, ok := v.inputs[name]; ok {
		return value, true
	}
	if v.transition != nil {
		for _, input := range v.transition.Inputs {
			if input.Name == name {
				return zeroOf(input.Type), true
			}
		}
	}
	return nil, false
}

func (v *view) ofFact(name string) (any, bool) {
	for _, fact := range v.definition.facts {
		if fact.Name == name {
			return int64(fact.count(v)), true
		}
	}
	return nil, false
}

func (v *view) newest(kind string) Document {
	document, _ := v.proposal.newest(func(d Document) bool { return d.Kind == kind })
	return document
}

func zeroOf(kind string) any {
	switch kind {
	case "int":
		return int64(0)
	case "bool":
		return false
	case "codes", "texts":
		return []string{}
	case "records":
		return []any{}
	case "object":
		return map[string]any{}
	case "value":
		return nil
	}
	return ""
}

// recorded turns a variable as JSON gives it back into what expressions expect.
func recorded(value any) any {
	switch v := value.(type) {
	case float64:
		return int64(v)
	case int:
		return int64(v)
	case []any:
		texts := make([]string, 0, len(v))
		for _, item := range v {
			if text, ok := item.(string); ok {
				texts = append(texts, text)
			}
		}
		return texts
	}
	return value
}

func nonNil(texts []string) []string {
	if texts == nil {
		return []string{}
	}
	return texts
}
