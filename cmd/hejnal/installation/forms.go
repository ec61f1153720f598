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
func LoadForms(dir string) ([]*workflow.Definition, error) {
	layers := []fs.FS{workflow.Definitions}
	if dir != "" {
		if _, err := os.ReadDir(dir); err != nil {
			return nil, fmt.Errorf("load definitions: %w", err)
		}
		layers = append(layers, os.DirFS(dir))
	}
	set, err := language.Load(layers...)
	if err != nil {
		return nil, fmt.Errorf("load definitions: %w", err)
	}
	forms, err := Prove(set)
	if err != nil {
		return nil, err
	}
	return forms, ProveTogether(set, forms)
}

// Prove compiles and verifies every form of a set. A mistake in a part that several forms share is said once.
func Prove(set language.Set) ([]*workflow.Definition, error) {
	var forms []*workflow.Definition
	var problems language.Problems
	concerned := map[language.Problem][]string{} // mistake → forms that have it
	for _, source := range set.Forms() {
		definition, findings := workflow.Compile(source)
		if definition != nil {
			findings = workflow.Verify(definition)
		}
		for _, finding := range findings {
			problem := located(set, source.Form, finding)
			if concerned[problem] == nil {
				problems = append(problems, problem)
			}
			concerned[problem] = append(concerned[problem], source.Form)
		}
		forms = append(forms, definition)
	}
	for i, problem := range problems {
		problems[i].Message = strings.Join(concerned[problem], ", ") + ": " + problem.Message
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return forms, nil
}

// ProveTogether proves what concerns all forms as a whole: that what an invariant speaks of exists in some form.
func ProveTogether(set language.Set, forms []*workflow.Definition) error {
	var problems language.Problems
	for _, finding := range workflow.VerifyTogether(forms) {
		problem := set.Locate(forms[0].Form, finding.Origin, finding.Path)
		problem.Message = finding.Message
		problems = append(problems, problem)
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

// located gives a finding its place in the files, and the path of transitions that shows it.
func located(set language.Set, form string, finding workflow.Finding) language.Problem {
	problem := set.Locate(form, finding.Origin, finding.Path)
	problem.Message = finding.Message
	if len(finding.Steps) > 0 {
		problem.Message += "\n  " + strings.Join(finding.Steps, "\n  ")
	}
	return problem
}
