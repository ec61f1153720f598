package workflow_test

import (
	"testing"

	"hejnal/workflow"
	"hejnal/workflow/workflowtest"
)

func office(t testing.TB) *workflowtest.Office {
	t.Helper()
	office, err := workflowtest.NewOffice()
	if err != nil {
		t.Fatal(err)
	}
	return office
}

func open(t testing.TB, form string, changes ...func(*workflow.NewCase)) *workflowtest.Walker {
	t.Helper()
	walker, err := office(t).Open(form, changes...)
	if err != nil {
		t.Fatal(err)
	}
	return walker
}

func walk(t testing.TB, w *workflowtest.Walker, transitions ...string) {
	t.Helper()
	if err := w.Walk(transitions...); err != nil {
		t.Fatal(err)
	}
}

func do(t testing.TB, w *workflowtest.Walker, transition string, inputs ...workflowtest.Inputs) *workflow.Change {
	t.Helper()
	change, err := w.Do(transition, inputs...)
	if err != nil {
		t.Fatal(err)
	}
	return change
}
