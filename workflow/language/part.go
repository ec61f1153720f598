package language

import (
	"fmt"

	"hejnal/workflow"
)

// part is what phases, tracks and forms have in common, and where it was written.
type part struct {
	workflow.Part `yaml:",inline"`
	Extend        []extension `yaml:"extend"`

	doc *document
}

// extension adds to every transition of an id, wherever in the form it is written.
type extension struct {
	Transition string                    `yaml:"transition"`
	Optional   bool                      `yaml:"optional"` // a form without such a transition is no mistake
	Basis      string                    `yaml:"basis"`    // in place of the transition's own
	Inputs     []workflow.InputSource    `yaml:"inputs"`
	Documents  []workflow.DocumentSource `yaml:"documents"`
	Checks     []workflow.CheckSource    `yaml:"checks"`
	Rules      []workflow.RuleSource     `yaml:"rules"`
	NotBy      []string                  `yaml:"not_by"`
	Then       workflow.EffectSource     `yaml:"then"`
}

type phaseFile struct {
	Phase string `yaml:"phase"`
	Own   part   `yaml:",inline"`
}

type trackFile struct {
	Track string        `yaml:"track"`
	Title workflow.Text `yaml:"title"`
	Start string        `yaml:"start"`
	Own   part          `yaml:",inline"`
}

type formFile struct {
	Form      string            `yaml:"form"`
	Version   int               `yaml:"version"`
	Order     int               `yaml:"order"`
	Title     workflow.Text     `yaml:"title"`
	Summary   workflow.Text     `yaml:"summary"`
	Result    workflow.Text     `yaml:"result"`
	Basis     string            `yaml:"basis"`
	Start     string            `yaml:"start"`
	Parties   *workflow.Parties `yaml:"parties"`
	Imported  bool              `yaml:"only_imported"`
	Constants map[string]string `yaml:"constants"`
	Phases    []string          `yaml:"phases"`
	Tracks    []string          `yaml:"tracks"`
	Own       part              `yaml:",inline"`
}

type cityFile struct {
	workflow.City `yaml:",inline"`
}

type invariantsFile struct {
	Invariants []workflow.Invariant `yaml:"invariants"`
}

// locate notes on everything in the part where it is written.
func (p *part) locate(doc *document) {
	p.doc = doc
	origin := func(list string, i int) workflow.Origin {
		return workflow.Origin{File: doc.name, Path: fmt.Sprintf("$.%s[%d]", list, i)}
	}
	for i := range p.Record {
		p.Record[i].Origin = origin("record", i)
	}
	for i := range p.Facts {
		p.Facts[i].Origin = origin("facts", i)
	}
	for i := range p.States {
		p.States[i].Origin = origin("states", i)
	}
	for i := range p.Transitions {
		p.Transitions[i].Origin = origin("transitions", i)
	}
	for i := range p.Tasks {
		p.Tasks[i].Origin = origin("tasks", i)
	}
	for i := range p.Clocks {
		p.Clocks[i].Origin = origin("clocks", i)
	}
}
