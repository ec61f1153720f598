package demo

import (
	_ "embed"
	"fmt"

	"github.com/goccy/go-yaml"

	"hejnal/cmd/hejnal/engine"
	"hejnal/workflow"
)

//go:embed walks.yaml
var walksYAML []byte

//go:embed people.yaml
var peopleYAML []byte

// Walk is one sample proposal and the steps that it takes.
type Walk struct {
	Form           string            `yaml:"form"`
	Title          string            `yaml:"title"`
	Description    string            `yaml:"description"`
	Partner        engine.NewPartner `yaml:"partner"`
	Fields         []string          `yaml:"fields"`
	Tools          []string          `yaml:"tools"`
	Readings       int               `yaml:"readings"`
	ReadingsReason string            `yaml:"readings_reason"`
	Steps          []Step            `yaml:"steps"`
}

// Step is one transition; Inputs stand in the place of first examples.
type Step struct {
	Make          string         `yaml:"make"`
	Inputs        map[string]any `yaml:"inputs"`
	Justification string         `yaml:"justification"`
}

// Person is a sample person.
type Person struct {
	Name     string          `yaml:"name"`
	FullName string          `yaml:"full_name"`
	Roles    []workflow.Role `yaml:"roles"`
}

// Plan reads the sample walks and people.
func Plan() ([]Walk, []Person, error) {
	var walks struct{ Walks []Walk }
	if err := yaml.UnmarshalWithOptions(walksYAML, &walks, yaml.Strict()); err != nil {
		return nil, nil, fmt.Errorf("read sample walks: %w", err)
	}
	var people struct{ People []Person }
	if err := yaml.UnmarshalWithOptions(peopleYAML, &people, yaml.Strict()); err != nil {
		return nil, nil, fmt.Errorf("read sample people: %w", err)
	}
	return walks.Walks, people.People, nil
}
