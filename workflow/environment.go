package workflow

import (
	"fmt"
	"sync"

	"cel.dev/cel-go/cel"
)

// base is the environment that the expressions of every definition share.
var base = sync.OnceValues(func() (*cel.Env, error) {
	options := append(functions(),
		cel.DefaultUTCTimeZone(true),
		cel.CrossTypeNumericComparisons(false),
	)
	for name, kind := range commonVariables() {
		options = append(options, cel.Variable(name, kind))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		return nil, fmt.Errorf("build expression environment: %w", err)
	}
	return env, nil
})

func commonVariables() map[string]*cel.Type {
	text, number, texts := cel.StringType, cel.IntType, cel.ListType(cel.StringType)
	return map[string]*cel.Type{
		"proposal.form": text, "proposal.title": text, "proposal.description": text,
		"proposal.state": text, "proposal.stage": text,
		"proposal.round": number, "proposal.readings": number, "proposal.serial": number,
		"proposal.fields": texts, "proposal.tools": texts,
		"partner.id": text, "partner.name": text, "partner.country": text,
		"partner.continent": text, "partner.kind": text, "partner.wikidata": text,
		"act.date": text, "act.today": text, "act.role": text, "act.last": text,
		"city.composition": number, "city.name": text,
	}
}

// environment returns the environment of one definition: the common variables and its own.
func environment(source *Source, parts []Part) (*cel.Env, []Finding) {
	env, err := base()
	if err != nil {
		return nil, []Finding{{Code: "environment", Message: err.Error()}}
	}
	names := newVariables()
	names.addCity(source)
	for _, part := range parts {
		names.addPart(part)
	}
	var options []cel.EnvOption
	for _, name := range names.order {
		options = append(options, cel.Variable(name, names.types[name]))
	}
	extended, err := env.Extend(options...)
	if err != nil {
		return nil, append(names.findings, Finding{Code: "environment", Message: err.Error()})
	}
	return extended, names.findings
}

// variables collects the names that the expressions of a definition may read.
type variables struct {
	types    map[string]*cel.Type
	order    []string
	findings []Finding
}

func newVariables() *variables { return &variables{types: map[string]*cel.Type{}} }

func (v *variables) add(origin Origin, path, name string, kind *cel.Type) {
	known, ok := v.types[name]
	if !ok {
		v.types[name] = kind
		v.order = append(v.order, name)
		return
	}
	if !known.IsExactType(kind) {
		v.findings = append(v.findings, Finding{
			Code: "conflicting_type", Origin: origin, Path: path,
			Message: fmt.Sprintf("%s has the type %s here and %s elsewhere in the form", name, kind, known),
		})
	}
}

func (v *variables) addCity(source *Source) {
	for name := range source.Constants {
		v.add(Origin{}, "", "constants."+name, cel.StringType)
	}
	for _, kind := range source.City.Documents {
		v.add(Origin{}, "", "documents."+kind.ID, cel.StringType)
		v.add(Origin{}, "", "names_city."+kind.ID, cel.StringType)
	}
	for _, track := range source.Tracks {
		v.add(Origin{}, "", "tracks."+track.ID, cel.StringType)
	}
}

func (v *variables) addPart(part Part) {
	for _, variable := range part.Record {
		kind, ok := recordTypes[variable.Type]
		if !ok {
			v.findings = append(v.findings, Finding{
				Code: "unknown_type", Origin: variable.Origin, Path: "type",
				Message: fmt.Sprintf("record variable %s has the unknown type %q; use text, int, bool, date or texts", variable.Name, variable.Type),
			})
			continue
		}
		v.add(variable.Origin, "", "record."+variable.Name, kind)
	}
	for _, fact := range part.Facts {
		v.add(fact.Origin, "", "facts."+fact.Name, cel.IntType)
	}
	for _, clock := range part.Clocks {
		v.add(clock.Origin, "", "deadlines."+clock.ID, cel.StringType)
	}
	for _, transition := range part.Transitions {
		for i, input := range transition.Inputs {
			path := fmt.Sprintf("inputs[%d]", i)
			kind, ok := inputTypes[input.Type]
			if !ok {
				v.findings = append(v.findings, Finding{
					Code: "unknown_type", Origin: transition.Origin, Path: path + ".type",
					Message: fmt.Sprintf("input %s has the unknown type %q", input.Name, input.Type),
				})
				continue
			}
			v.add(transition.Origin, path, "inputs."+input.Name, kind)
			v.add(transition.Origin, path, "given."+input.Name, cel.BoolType)
		}
	}
}

var recordTypes = map[string]*cel.Type{
	"text": cel.StringType, "date": cel.StringType, "int": cel.IntType, "bool": cel.BoolType,
	"texts": cel.ListType(cel.StringType),
}

var inputTypes = map[string]*cel.Type{
	"text": cel.StringType, "int": cel.IntType, "date": cel.StringType, "money": cel.StringType,
	"uri": cel.StringType, "code": cel.StringType, "choice": cel.StringType,
	"codes":             cel.ListType(cel.StringType),
	"object":            cel.MapType(cel.StringType, cel.DynType),
	"records":           cel.ListType(cel.MapType(cel.StringType, cel.DynType)),
	"resolution_number": cel.StringType, "transition": cel.StringType, "pointer": cel.StringType, "value": cel.DynType,
}
