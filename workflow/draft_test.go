package workflow_test

import (
	"testing"

	"hejnal/workflow"
	"hejnal/workflow/workflowtest"
)

// small opens a case of a source, on 2026-03-02.
func small(t testing.TB, source workflow.Source) *workflowtest.Walker {
	t.Helper()
	source.Transitions = append(source.Transitions, workflow.TransitionSource{
		ID: "open", Title: words, Event: "opened", Call: "open", Roles: []workflow.Role{workflow.Official}, AnyDate: true,
	})
	office := office(t)
	office.Enforce(compiled(t, source))
	w, err := office.Open(source.Form, func(n *workflow.NewCase) { n.Fields = nil })
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestATrackThatStartsIsDatedByWhatStartedIt(t *testing.T) {
	source := form("a b!", move("go: a > b", sideStarts))
	source.Tracks = []workflow.TrackSource{{ID: "side", Title: words, Start: "p", Part: workflow.Part{
		States: states("p q r!"), Transitions: []workflow.TransitionSource{move("on: q > r")},
	}}}
	w := small(t, source)
	w.Office.Wait("2026-03-10")
	walk(t, w, "go")
	on := command(t, w, "on")
	on.OccurredOn = "2026-03-09"
	if got := refused(t, w, on, workflow.Invalid).Errors[0].Pointer; got != "/occurred_on" {
		t.Errorf("refused at %s", got)
	}
	on.OccurredOn = "2026-03-10"
	if _, refusal := w.Decide(on); refusal != nil {
		t.Error(refusal)
	}
}

func TestAPersonalInputIsNeverPublic(t *testing.T) {
	w := small(t, form("a b!", move("go: a > b", func(t *workflow.TransitionSource) {
		t.Public = true
		t.Inputs = []workflow.InputSource{
			{Name: "place", Type: "text", Title: words, Public: true, Examples: []any{"Kraków"}},
			{Name: "signatory", Type: "text", Title: words, Public: true, Personal: true, Examples: []any{"Jan Kowalski"}},
		}
	})))
	change := do(t, w, "go")
	if len(change.Public.Inputs) != 1 || change.Public.Inputs["place"] == nil || change.Act.Inputs["signatory"] == nil {
		t.Errorf("public %v", change.Public.Inputs)
	}
}

func TestAnActIsNotDatedBeforeThoseItComesAfter(t *testing.T) {
	after := func(t *workflow.TransitionSource) { t.After = []string{"note"} }
	w := small(t, form("a b!", move("note: a > ="), move("go: a > b", after)))
	w.Office.Wait("2026-03-10")
	walk(t, w, "note")
	gone := command(t, w, "go")
	gone.OccurredOn = "2026-03-09"
	if got := refused(t, w, gone, workflow.Invalid).Errors[0].Pointer; got != "/occurred_on" {
		t.Errorf("refused at %s", got)
	}
	if action := must(w.Action("go", gone.By)); action.EarliestOn != "2026-03-10" {
		t.Errorf("earliest on %s", action.EarliestOn)
	}
}

func TestAnyDateIsAnyDate(t *testing.T) {
	anyDate := func(t *workflow.TransitionSource) { t.AnyDate = true }
	w := small(t, form("a b c!", move("go: a > b"), move("sign: b > b", anyDate), move("end: b > c")))
	w.Office.Wait("2026-03-10")
	walk(t, w, "go")
	signed := command(t, w, "sign")
	signed.OccurredOn = "2026-03-05"
	change, refusal := w.Decide(signed)
	if refusal != nil {
		t.Fatal(refusal)
	}
	w.Accept(change)
	ended := command(t, w, "end")
	ended.OccurredOn = "2026-03-09"
	if got := refused(t, w, ended, workflow.Invalid).Errors[0].Pointer; got != "/occurred_on" {
		t.Errorf("an older date that was noted took the case back: refused at %s", got)
	}
}

func TestAFactCountsOthersOnly(t *testing.T) {
	source := form("a b c!", move("go: a > b", func(t *workflow.TransitionSource) {
		t.Then.Hold = []workflow.HoldSource{{Scope: "'country:' + partner.country", Label: "twin"}}
	}), move("end: b > c", func(t *workflow.TransitionSource) {
		rule("facts.twins == 0")(t)
		t.Then.Release = []string{"twin"}
	}))
	source.Facts = []workflow.FactSource{{Name: "twins", Scope: "'country:' + partner.country", Label: "twin"}}
	w := small(t, source)
	walk(t, w, "go")
	other, err := w.Office.Open("test", func(n *workflow.NewCase) { n.Fields = nil })
	if err != nil {
		t.Fatal(err)
	}
	walk(t, w.Clone(), "end")
	walk(t, other, "go")
	if action := must(w.Action("end", workflowtest.Person(workflow.Official))); !blocks(action, "r") {
		t.Errorf("another twin: %v", codes(action.BlockedBy))
	}
}
