package workflow_test

import (
	"testing"

	"hejnal/workflow"
	"hejnal/workflow/language"
	"hejnal/workflow/workflowtest"
)

func BenchmarkVerifyAllForms(b *testing.B) {
	set, err := language.Load(workflow.Definitions)
	if err != nil {
		b.Fatal(err)
	}
	var definitions []*workflow.Definition
	for _, source := range set.Forms() {
		definition, findings := workflow.Compile(source)
		if len(findings) > 0 {
			b.Fatal(findings)
		}
		definitions = append(definitions, definition)
	}
	for b.Loop() {
		for _, definition := range definitions {
			if findings := workflow.Verify(definition); len(findings) > 0 {
				b.Fatal(findings)
			}
		}
	}
}

func BenchmarkExplain(b *testing.B) {
	w := open(b, "twin_city_agreement")
	walk(b, w, "propose", "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote", "number_resolution")
	c, person := w.Case(), workflowtest.Person(workflow.Official)
	for b.Loop() {
		workflow.Explain(c, person)
	}
}

func BenchmarkDecide(b *testing.B) {
	w := open(b, "twin_city_agreement")
	walk(b, w, "propose", "complete_draft", "submit_to_council", "register_print", "place_on_agenda")
	command, err := w.Command("record_vote")
	if err != nil {
		b.Fatal(err)
	}
	c := w.Case()
	for b.Loop() {
		if _, refusal := workflow.Decide(c, command); refusal != nil {
			b.Fatal(refusal)
		}
	}
}

// BenchmarkDecideContact is the command by which the speed of an installation is measured: an entry that stays in its
// state, with one text.
func BenchmarkDecideContact(b *testing.B) {
	w := open(b, "twin_city_agreement")
	command, err := w.Command("record_contact")
	if err != nil {
		b.Fatal(err)
	}
	c := w.Case()
	for b.Loop() {
		if _, refusal := workflow.Decide(c, command); refusal != nil {
			b.Fatal(refusal)
		}
	}
}
