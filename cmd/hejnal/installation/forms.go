package installation

import (
	"fmt"
	"io/fs"
	"os"
	"strings"

	"hejnal/workflow"
	"hejnal/workflow/language"
)

// LoadForms reads the built-in definitions and those of the directory ("" for none), compiles them and proves them. Every
// mistake is in the error, with its file and line.
func LoadForms(dir string) (language.Set, []*workflow.Definition, error) {
	layers := []fs.FS{workflow.Definitions}
	if dir != "" {
		if _, err := os.ReadDir(dir); err != nil {
			return language.Set{}, nil, fmt.Errorf("load definitions: %w", err)
		}
		layers = append(layers, os.DirFS(dir))
	}
	set, err := language.Load(layers...)
	if err != nil {
		return language.Set{}, nil, fmt.Errorf("load definitions: %w", err)
	}
	forms, err := Prove(set)
	return set, forms, err
}

// Prove compiles and verifies every form of a set.
func Prove(set language.Set) ([]*workflow.Definition, error) {
	var forms []*workflow.Definition
	var problems language.Problems
	for _, source := range set.Forms() {
		definition, findings := workflow.Compile(source)
		if definition != nil {
			findings = workflow.Verify(definition)
		}
		for _, finding := range findings {
			problems = append(problems, located(set, source.Form, finding))
		}
		forms = append(forms, definition)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return forms, nil
}

// located gives a finding its place in the files, and the path of transitions that shows it.
func located(set language.Set, form string, finding workflow.Finding) language.Problem {
	problem := set.Locate(form, finding.Origin, finding.Path)
	problem.Message = form + ": " + finding.Message
	if len(finding.Steps) > 0 {
		problem.Message += "\n  " + strings.Join(finding.Steps, "\n  ")
	}
	return problem
}
