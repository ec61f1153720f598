package workflow_test

import (
	"slices"
	"testing"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/workflowtest"
)

// dated decides a transition as of a day that has passed.
func dated(t testing.TB, w *workflowtest.Walker, transition string, on calendar.Date, given ...inputs) (*workflow.Change, *workflow.Refusal) {
	t.Helper()
	made := command(t, w, transition, given...)
	made.OccurredOn = on
	return w.Decide(made)
}

// on makes a transition as of a day that has passed.
func on(t testing.TB, w *workflowtest.Walker, transition string, day calendar.Date, given ...inputs) {
	t.Helper()
	change, refusal := dated(t, w, transition, day, given...)
	if refusal != nil {
		t.Fatalf("%s on %s: %v", transition, day, refusal)
	}
	w.Accept(change)
}

// TestNothingIsDoneOnAResolutionBeforeItsNumber records a course of acts late: adopted on the 3rd of March, numbered on the
// 20th of April, all of it entered in June.
func TestNothingIsDoneOnAResolutionBeforeItsNumber(t *testing.T) {
	const adopted, before, numbered = "2026-03-03", "2026-04-19", "2026-04-20"
	for name, test := range map[string]struct {
		form, transition string
		given            inputs
	}{
		"the signing":             {"twin_city_agreement", "prepare_signing", nil},
		"the conferral":           {"honorary_twin_title", "confer_title", nil},
		"the consent file":        {"association_membership", "send_consent_file", nil},
		"the delivery":            {"twin_city_agreement", "deliver_to_voivode", inputs{"received_on": "2026-05-04"}},
		"the publication":         {"twin_city_agreement", "publish", nil},
		"the title's publication": {"honorary_twin_title", "publish", nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := onAgenda(t, test.form)
			w.Office.Wait("2026-06-01")
			on(t, w, "record_vote", adopted)
			on(t, w, "number_resolution", numbered)
			_, refusal := dated(t, w, test.transition, before, test.given)
			if refusal == nil || refusal.Kind != workflow.Invalid || refusal.Errors[0].Pointer != "/occurred_on" {
				t.Errorf("the day before the number: %v", refusal)
			}
			if _, refusal := dated(t, w, test.transition, numbered, test.given); refusal != nil {
				t.Errorf("on the day of the number: %v", refusal)
			}
		})
	}
}

func TestTheCityEndsNothingBeforeTheCouncilResolved(t *testing.T) {
	const before, resolved = "2026-10-09", "2026-10-10"
	for form, transition := range map[string]string{
		"twin_city_agreement": "give_notice", "association_membership": "withdraw_membership", "honorary_twin_title": "revoke_title",
	} {
		t.Run(form, func(t *testing.T) {
			w := ofGoal(t, form)
			w.Office.Wait("2026-11-02")
			on(t, w, "record_ending_resolution", resolved)
			for _, act := range []string{transition, "deliver_to_voivode", "publish"} {
				if _, refusal := dated(t, w, act, before); refusal == nil {
					t.Errorf("%s before the resolution: %v", act, refusal)
				}
				if _, refusal := dated(t, w, act, resolved); refusal != nil {
					t.Errorf("%s on the day of the resolution: %v", act, refusal)
				}
			}
			if action := must(w.Action(transition, workflowtest.Person(workflow.Auditor))); action.EarliestOn != resolved {
				t.Errorf("%s at the earliest on %s", transition, action.EarliestOn)
			}
		})
	}
}

// ofGoal brings a case of a Council form to its goal.
func ofGoal(t testing.TB, form string) *workflowtest.Walker {
	t.Helper()
	w := open(t, form)
	walk(t, w, shortest[form].walk...)
	return w
}

// TestAVoteThatEndsNothingBoundsNothing delivers the first resolution late: the Council has meanwhile refused to end the agreement.
func TestAVoteThatEndsNothingBoundsNothing(t *testing.T) {
	w := ofGoal(t, "twin_city_agreement") // on 2026-03-02
	w.Office.Wait("2026-11-02")
	on(t, w, "record_ending_resolution", "2026-10-10", inputs{"for": 5, "against": 30})
	for _, act := range []string{"deliver_to_voivode", "publish"} {
		if _, refusal := dated(t, w, act, "2026-03-05"); refusal != nil {
			t.Errorf("%s: %v", act, refusal)
		}
	}
}

func TestTheVoivodeRulesOnWhatWasReceived(t *testing.T) {
	const delivered, received = "2026-03-06", "2026-03-10"
	w := adopted(t, "twin_city_agreement") // on 2026-03-02
	w.Office.Wait("2026-06-01")
	for _, same := range []string{delivered, received} {
		if _, refusal := dated(t, w, "deliver_to_voivode", delivered, inputs{"received_on": same}); refusal != nil {
			t.Errorf("received on %s: %v", same, refusal)
		}
	}
	on(t, w, "deliver_to_voivode", delivered, inputs{"received_on": received})
	for _, ruling := range []string{"record_breach", "record_suspension", "record_annulment", "record_partial_annulment"} {
		if _, refusal := dated(t, w, ruling, "2026-03-09"); refusal == nil || !slices.Contains(codes(refusal.Blockers), "too_early") {
			t.Errorf("%s before the voivode had it: %v", ruling, refusal)
		}
		if _, refusal := dated(t, w, ruling, received); refusal != nil {
			t.Errorf("%s on the day of the receipt: %v", ruling, refusal)
		}
	}
}

func TestTheMinisterDecidesOnAResolutionThatWasAdopted(t *testing.T) {
	w := adopted(t, "association_membership") // on 2026-03-02
	walk(t, w, "send_consent_file", "record_voivode_opinion")
	for _, decision := range []string{"grant_consent", "refuse_consent"} {
		_, refusal := w.Decide(command(t, w, decision, inputs{"decision_date": "2026-03-01"}))
		if refusal == nil || refusal.Kind != workflow.Invalid || refusal.Errors[0].Pointer != "/inputs/decision_date" {
			t.Errorf("%s of the day before the adoption: %v", decision, refusal)
		}
		if _, refusal := w.Decide(command(t, w, decision, inputs{"decision_date": "2026-03-02"})); refusal != nil {
			t.Errorf("%s of the day of the adoption: %v", decision, refusal)
		}
	}
}

func TestAnOldConsentConfirmsNoMembership(t *testing.T) {
	w := member(t) // on 2026-03-02
	w.Office.Wait("2026-06-01")
	walk(t, w, "rules_changed")
	walk(t, w, again[:len(again)-1]...)
	if _, refusal := w.Decide(command(t, w, "grant_consent", inputs{"decision_date": "2026-03-02"})); refusal == nil || refusal.Kind != workflow.Invalid {
		t.Errorf("the consent of the first round: %v", refusal)
	}
}
