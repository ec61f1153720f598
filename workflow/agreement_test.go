package workflow_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/workflowtest"
)

// inForce brings a twin-city agreement into force on the first day, with the inputs.
func inForce(t testing.TB, given inputs) *workflowtest.Walker {
	t.Helper()
	w := adopted(t, "twin_city_agreement")
	walk(t, w, "prepare_signing", "sign_agreement")
	do(t, w, "enter_into_force", given)
	return w
}

func due(w *workflowtest.Walker, clock string) calendar.Date {
	for _, deadline := range w.Proposal.Deadlines {
		if deadline.Clock == clock && deadline.State == workflow.DeadlineRunning {
			return deadline.DueOn
		}
	}
	return ""
}

func TestTheTextThatIsSignedIsTheTextThatWasVoted(t *testing.T) {
	w := adopted(t, "twin_city_agreement")
	voted := command(t, w, "prepare_signing")
	if _, refusal := w.Decide(voted); refusal != nil {
		t.Fatalf("the voted text: %v", refusal)
	}
	w.Attach("agreement_text", workflow.Official)
	got := codes(refused(t, w, voted, workflow.Blocked).Blockers)
	if !cmp.Equal(got, []string{"text_differs_from_voted"}) {
		t.Errorf("another text is blocked by %v", got)
	}
	explained := command(t, w, "prepare_signing", inputs{"text_difference_reason": "Poprawiono oczywistą omyłkę"})
	if _, refusal := w.Decide(explained); refusal != nil {
		t.Errorf("another text with its reason: %v", refusal)
	}
}

func TestAnAmendmentOfTheAnnexBindsTheNewText(t *testing.T) {
	w := onAgenda(t, "twin_city_agreement")
	amended := command(t, w, "record_amendment", inputs{"changes_annex": "yes"})
	if got := codes(refused(t, w, amended, workflow.Blocked).Blockers); !cmp.Equal(got, []string{"document_missing"}) {
		t.Errorf("without the new text: %v", got)
	}
	w.Attach("agreement_text", workflow.Secretariat)
	change, refusal := w.Decide(amended)
	if refusal != nil {
		t.Fatal(refusal)
	}
	w.Accept(change)
	walk(t, w, "record_vote", "number_resolution", "prepare_signing")
}

func TestTheCitysPartyName(t *testing.T) {
	w := adopted(t, "twin_city_agreement")
	for name, blocked := range map[string]bool{
		"Stołeczne Królewskie Miasto Kraków": false, "Królewskie Stołeczne Miasto Kraków": true, "Gmina Miejska Kraków": true,
	} {
		_, refusal := w.Decide(command(t, w, "prepare_signing", inputs{"city_party": name}))
		if (refusal != nil) != blocked {
			t.Errorf("%s: %v", name, refusal)
		}
	}
}

func TestADelegateSignsWithAnAuthorisation(t *testing.T) {
	w := adopted(t, "twin_city_agreement")
	walk(t, w, "prepare_signing")
	signed := command(t, w, "sign_agreement", inputs{"signed_as": "delegate"})
	if got := codes(refused(t, w, signed, workflow.Blocked).Blockers); !cmp.Equal(got, []string{"document_missing"}) {
		t.Errorf("without it: %v", got)
	}
	w.Attach("authorisation", workflow.President)
	if _, refusal := w.Decide(signed); refusal != nil {
		t.Errorf("with it: %v", refusal)
	}
}

func TestAnAgreementIsRenewedAndExpires(t *testing.T) {
	w := inForce(t, inputs{"valid_until": "2026-06-30"})
	if got := due(w, "agreement_expiry"); got != "2026-06-30" {
		t.Errorf("expires on %q", got)
	}
	action, _ := w.Action("expire", workflowtest.Person(workflow.Official))
	if action.EarliestOn != "2026-06-30" || !blocks(action, "too_early") {
		t.Errorf("may expire on %s, blocked by %v", action.EarliestOn, codes(action.BlockedBy))
	}
	if got := refused(t, w, command(t, w, "renew", inputs{"valid_until": "2026-06-30"}), workflow.Invalid).Errors[0].Pointer; got != "/inputs/valid_until" {
		t.Errorf("a renewal that renews nothing is refused at %s", got)
	}
	renewed := do(t, w, "renew", inputs{"valid_until": "2027-06-30"})
	if renewed.Act.To != "in_force" || due(w, "agreement_expiry") != "2027-06-30" {
		t.Errorf("renewed to %s until %s", renewed.Act.To, due(w, "agreement_expiry"))
	}
	walk(t, w, "expire")
	if w.Proposal.State != "expired" || w.Today() != "2027-06-30" || due(w, "agreement_expiry") != "" {
		t.Errorf("%s on %s, expiry %q", w.Proposal.State, w.Today(), due(w, "agreement_expiry"))
	}
}

func must(action workflow.Action, _ bool) workflow.Action { return action }

func TestEachRenewalNeedsADocumentOfItsOwn(t *testing.T) {
	w := inForce(t, inputs{"valid_until": "2026-06-30"})
	action, _ := w.Action("renew", workflowtest.Person(workflow.President))
	if !blocks(action, "document_missing") || !action.RequiredDocuments[0].Fresh {
		t.Fatalf("the agreement that was signed is no annex: %+v", action.RequiredDocuments)
	}
	do(t, w, "renew", inputs{"valid_until": "2027-06-30"})
	action, _ = w.Action("renew", workflowtest.Person(workflow.President))
	if !blocks(action, "document_missing") {
		t.Error("the annex of one renewal served another")
	}
}

func TestAnAgreementWithoutAnEndDateDoesNotExpire(t *testing.T) {
	w := inForce(t, nil)
	action, _ := w.Action("expire", workflowtest.Person(workflow.Official))
	if got := codes(action.BlockedBy); !cmp.Equal(got, []string{"no_end_date"}) {
		t.Errorf("blocked by %v", got)
	}
}

func TestAutomaticRenewalComesAfterTheNoticeCutOff(t *testing.T) {
	// Valid until Wednesday 2027-06-30 with three months' notice: the cut-off 2027-03-30 is a working day.
	w := inForce(t, inputs{"valid_until": "2027-06-30", "renewal": map[string]any{"term_months": 24, "notice_months": 3}})
	if got := due(w, "notice_cutoff"); got != "2027-03-30" {
		t.Errorf("last day for notice %q", got)
	}
	action, _ := w.Action("record_automatic_renewal", workflowtest.Person(workflow.Official))
	if action.EarliestOn != "2027-03-31" {
		t.Errorf("renews itself on %s", action.EarliestOn)
	}
	walk(t, w, "record_automatic_renewal")
	if got := due(w, "agreement_expiry"); got != "2029-06-30" {
		t.Errorf("then expires on %s", got)
	}
	if got := due(w, "notice_cutoff"); got != "2029-03-30" {
		t.Errorf("then last day for notice %s", got)
	}
}

func TestNotice(t *testing.T) {
	t.Run("by the City needs the Council's resolution", func(t *testing.T) {
		w := inForce(t, nil)
		w.Attach("notice", workflow.President)
		notice := command(t, w, "give_notice", inputs{"ends_on": "2026-09-30"})
		if got := codes(refused(t, w, notice, workflow.Blocked).Blockers); !cmp.Equal(got, []string{"ending_resolution_needed"}) {
			t.Errorf("blocked by %v", got)
		}
		walk(t, w, "record_ending_resolution", "deliver_to_voivode", "record_annulment")
		if got := codes(refused(t, w, notice, workflow.Blocked).Blockers); !cmp.Equal(got, []string{"tracks_clear"}) {
			t.Errorf("on an annulled resolution blocked by %v", got)
		}
		walk(t, w, "record_ending_resolution")
		do(t, w, "give_notice", inputs{"ends_on": "2026-09-30"})
		terminates(t, w, "2026-09-30")
	})
	t.Run("by the partner needs none", func(t *testing.T) {
		w := inForce(t, nil)
		do(t, w, "record_partner_notice", inputs{"ends_on": "2026-05-31"})
		terminates(t, w, "2026-05-31")
	})
	t.Run("may not end before it is given", func(t *testing.T) {
		w := inForce(t, nil)
		early := command(t, w, "record_partner_notice", inputs{"ends_on": "2026-03-01"})
		if got := refused(t, w, early, workflow.Invalid).Errors[0].Pointer; got != "/inputs/ends_on" {
			t.Errorf("refused at %s", got)
		}
	})
}

func terminates(t *testing.T, w *workflowtest.Walker, on calendar.Date) {
	t.Helper()
	if w.Proposal.State != "notice_given" || due(w, "notice_end") != on {
		t.Errorf("%s until %s", w.Proposal.State, due(w, "notice_end"))
	}
	walk(t, w, "terminate")
	if w.Proposal.State != "terminated" || w.Today() != on {
		t.Errorf("%s on %s, want terminated on %s", w.Proposal.State, w.Today(), on)
	}
}

func TestASuspendedAgreementIsResumed(t *testing.T) {
	w := inForce(t, nil)
	walk(t, w, "suspend")
	if w.Proposal.State != "agreement_suspended" {
		t.Errorf("state %s", w.Proposal.State)
	}
	walk(t, w, "resume")
	for _, nonsense := range []string{"nonsense", "42", "0198c0de-0000-7000-8000-00000000000"} {
		if got := refusedAt(t, w, command(t, w, "supersede", inputs{"successor": nonsense})); got != "/inputs/successor" {
			t.Errorf("%s is refused at %q", nonsense, got)
		}
	}
	walk(t, w, "supersede")
	if w.Proposal.State != "superseded" || w.Proposal.Stage != "ended" {
		t.Errorf("%s, %s", w.Proposal.State, w.Proposal.Stage)
	}
}

func TestOneTwinPerCountryIsCountedWhileItIsInForce(t *testing.T) {
	w := inForce(t, nil)
	other, err := w.Office.Open("twin_city_agreement")
	if err != nil {
		t.Fatal(err)
	}
	twins := func() bool {
		return blocks(must(other.Action("propose", workflowtest.Person(workflow.Official))), "twin_in_country")
	}
	if !twins() {
		t.Error("a twin in force is not counted")
	}
	do(t, w, "record_partner_notice")
	if !twins() {
		t.Error("a twin under notice is still in force")
	}
	walk(t, w, "terminate")
	if twins() {
		t.Error("a twin that was terminated is counted")
	}
}

func TestATwinThatCameMeanwhileIsJustified(t *testing.T) {
	signing := []string{"prepare_signing", "sign_agreement", "enter_into_force"}
	for _, test := range []struct {
		meanwhile int // acts of the signing that the second case made before the first came into force
		warned    map[string]bool
	}{
		{0, map[string]bool{"prepare_signing": true}}, // and not again: nothing has changed since
		{1, map[string]bool{"enter_into_force": true}},
		{2, map[string]bool{"enter_into_force": true}},
	} {
		first := adopted(t, "twin_city_agreement")
		second, err := first.Office.Open("twin_city_agreement")
		if err != nil {
			t.Fatal(err)
		}
		walk(t, second, council...)
		walk(t, second, signing[:test.meanwhile]...)
		walk(t, first, signing...)
		for _, transition := range signing[test.meanwhile:] {
			given := command(t, second, transition)
			justification := given.Justification
			given.Justification = ""
			change, refusal := second.Decide(given)
			if (refusal != nil) != test.warned[transition] {
				t.Fatalf("%s after %d acts: %v", transition, test.meanwhile, refusal)
			}
			if refusal != nil {
				if got := refusal.Blockers; len(got) != 1 || got[0].Severity != workflow.Warn || !strings.HasPrefix(got[0].Code, "twin_in_country") {
					t.Fatalf("%s after %d acts: %+v", transition, test.meanwhile, got)
				}
				given.Justification = justification
				if change, refusal = second.Decide(given); refusal != nil {
					t.Fatal(refusal)
				}
			}
			second.Accept(change)
		}
	}
}

func TestAResolutionNumberIsGivenOnce(t *testing.T) {
	w := adopted(t, "twin_city_agreement")
	number := w.Proposal.Record["resolution_numbers"].([]string)[0]
	other, err := w.Office.Open("partnership_agreement")
	if err != nil {
		t.Fatal(err)
	}
	walk(t, other, "propose", "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote")
	taken := command(t, other, "number_resolution", inputs{"resolution_number": number})
	if got := codes(refused(t, other, taken, workflow.Blocked).Blockers); !cmp.Equal(got, []string{"resolution_number_taken"}) {
		t.Errorf("the number of another case: %v", got)
	}
	arabic := command(t, other, "number_resolution", inputs{"resolution_number": "42/99/26"})
	change, refusal := other.Decide(arabic)
	if refusal != nil {
		t.Fatal(refusal)
	}
	if got := string(change.Act.Inputs["resolution_number"]); got != `"XLII/99/26"` {
		t.Errorf("an Arabic session is kept as %s", got)
	}
	if diff := cmp.Diff([]workflow.Hold{{Scope: "resolution:XLII/99/26", Label: "resolution"}}, change.Hold); diff != "" {
		t.Error(diff)
	}
	for number, warning := range map[string]string{"XLI/99/26": "session_disagrees", "XLII/99/25": "year_disagrees"} {
		wrong := command(t, other, "number_resolution", inputs{"resolution_number": number})
		if got := codes(refused(t, other, wrong, workflow.Blocked).Blockers); !cmp.Equal(got, []string{warning}) {
			t.Errorf("%s: %v", number, got)
		}
	}
	other.Accept(change)
	action, _ := other.Action("number_resolution", workflowtest.Person(workflow.Secretariat))
	if !blocks(action, "resolution_not_numbered") {
		t.Errorf("a numbered resolution is numbered again: %v", codes(action.BlockedBy))
	}
}
