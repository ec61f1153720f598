package main_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	program "hejnal/cmd/hejnal"
	"hejnal/workflow"
)

func TestAWarningIsToldFromWhatBlocks(t *testing.T) {
	var out strings.Builder
	program.Possible(&out, workflow.Action{
		Transition: "propose", Title: workflow.Text{PL: "Zgłoś", EN: "Propose"}, Roles: []workflow.Role{workflow.Official}, Allowed: true,
		Inputs: map[string]any{
			"properties": map[string]any{"note": map[string]any{"examples": []any{"Spotkanie"}}, "place": map[string]any{}},
			"required":   []any{"note"},
		},
		RequiredDocuments: []workflow.AskedDocument{{AnyOf: []string{"report", "letter_of_intent"}}},
		BlockedBy: []workflow.Blocker{
			{Message: workflow.Text{PL: "Jest już", EN: "There is one already"}, Severity: workflow.Warn},
			{Message: workflow.Text{PL: "Brak", EN: "It is missing"}, Severity: workflow.Block, Who: []workflow.Role{workflow.Lawyer}},
		},
	}, "en")
	want := `+ propose (official): Propose
    input note, required, such as Spotkanie
    input place, optional
    document report or letter_of_intent, missing
    needs a justification: There is one already [warning: passes with --justification]
    blocked: It is missing → lawyer
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}
