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
	walks, err := readWalks(walksYAML)
	if err != nil {
		return nil, nil, err
	}
	people, err := readPeople(peopleYAML)
	return walks, people, err
}

// readWalks reads walks; a key that means nothing is an error.
func readWalks(text []byte) ([]Walk, error) {
	var read struct{ Walks []Walk }
	if err := yaml.UnmarshalWithOptions(text, &read, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read sample walks: %w", err)
	}
	return read.Walks, nil
}

func readPeople(text []byte) ([]Person, error) {
	var read struct{ People []Person }
	if err := yaml.UnmarshalWithOptions(text, &read, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read sample people: %w", err)
	}
	return read.People, nil
}
