package language_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
)

const extended = `
form: wide
version: 1
order: 3
start: draft_ready
phases: [council]
extend:
  - transition: submit
    documents: [{ any_of: [draft], by: [lawyer] }]
    checks: [{ holds: inputs.a > 0, field: a, message: { pl: A, en: A } }]
    not_by: [one]
    then:
      new_round: true
      stop: [agenda]
      hold: [{ scope: "'x'", label: twin }]
      release: [member]
      open: { form: "'twin'", title: proposal.title, rel: next, back: former, documents: true }
  - transition: submit
    not_by: [two, three]
    then:
      stop: [review]
      hold: [{ scope: "'y'", label: twin }]
      record: { a: inputs.a, b: inputs.b }
      register_since: inputs.a
      tracks: { supervision: none }
    basis: art. 2
`

func TestSeveralExtensionsAddUp(t *testing.T) {
	submit := source(t, good(t, overlay(map[string]string{"forms/wide.yaml": extended})), "wide").Transitions[0]
	if diff := cmp.Diff([]string{"one", "two", "three"}, submit.NotBy); diff != "" {
		t.Errorf("not_by (-want +got):\n%s", diff)
	}
	want := workflow.EffectSource{
		Record:   map[string]string{"numbered": "true", "a": "inputs.a", "b": "inputs.b"},
		Tracks:   map[string]string{"supervision": "none"},
		NewRound: true,
		Stop:     []string{"agenda", "review"},
		Hold:     []workflow.HoldSource{{Scope: "'x'", Label: "twin"}, {Scope: "'y'", Label: "twin"}},
		Release:  []string{"member"},
		Open:     &workflow.OpenSource{Form: "'twin'", Title: "proposal.title", Rel: "next", Back: "former", Documents: true},

		RegisterSince: "inputs.a",
	}
	if diff := cmp.Diff(want, submit.Then); diff != "" {
		t.Errorf("then (-want +got):\n%s", diff)
	}
	if submit.Basis != "art. 2" {
		t.Errorf("basis %q", submit.Basis)
	}
	if len(submit.Checks) != 1 || submit.Checks[0].Field != "a" || len(submit.Documents) != 1 || submit.Documents[0].By[0] != workflow.Lawyer {
		t.Errorf("checks %+v, documents %+v", submit.Checks, submit.Documents)
	}
}

func TestEachExtensionIsFoundWhereItIsWritten(t *testing.T) {
	set := good(t, overlay(map[string]string{"forms/wide.yaml": extended}))
	submit := source(t, set, "wide").Transitions[0].Origin
	cases := map[string]int{
		"documents[0].by":         9,
		"checks[0].holds":         10,
		"not_by[0]":               11,
		"not_by[2]":               19,
		"then.stop[1]":            21,
		"then.hold[0].scope":      15,
		"then.hold[1].scope":      22,
		"then.open.title":         17,
		"then.record.b":           23,
		"then.tracks.supervision": 25,
		"then.register_since":     24,
	}
	for sub, line := range cases {
		if got := set.Locate("wide", submit, sub); got.File != "forms/wide.yaml" || got.Line != line {
			t.Errorf("%s is found at %s:%d, want line %d\n%s", sub, got.File, got.Line, line, got.Excerpt)
		}
	}
}

func TestAPhaseIsNotChangedByTheFormsThatExtendIt(t *testing.T) {
	set := good(t, overlay(map[string]string{"forms/wide.yaml": extended}))
	alone := source(t, good(t), "plain")
	beside := source(t, set, "plain")
	if diff := cmp.Diff(alone, beside); diff != "" {
		t.Errorf("another form changed it (-alone +beside):\n%s", diff)
	}
}

func TestAnExtensionMayBeOptional(t *testing.T) {
	text := "form: x\nversion: 1\nextend:\n  - { transition: nowhere, optional: true, not_by: [a] }\n"
	if form := source(t, good(t, overlay(map[string]string{"forms/x.yaml": text})), "x"); len(form.Transitions) != 0 {
		t.Errorf("got %+v", form.Transitions)
	}
}
