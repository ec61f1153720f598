package workflow_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/workflowtest"
)

// member brings a case to its first membership.
func member(t testing.TB) *workflowtest.Walker {
	t.Helper()
	w, _ := inLife(t, "association_membership")
	return w
}

// again leads from assessment to a new consent.
var again = []string{
	"complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote", "number_resolution",
	"send_consent_file", "record_voivode_opinion", "grant_consent",
}

func TestTheConsentFileIsComplete(t *testing.T) {
	w := adopted(t, "association_membership")
	action, _ := w.Action("send_consent_file", workflowtest.Person(workflow.Official))
	var lacking []string
	for _, asked := range action.RequiredDocuments {
		if !asked.Present {
			lacking = append(lacking, asked.AnyOf...)
		}
	}
	want := []string{"association_statute", "member_list", "statute_translation", "member_list_translation"}
	if diff := cmp.Diff(want, lacking); diff != "" {
		t.Error(diff)
	}
}

func TestConsent(t *testing.T) {
	for name, test := range map[string]struct {
		walk   []string
		inputs map[string]inputs
		state  string
	}{
		"granted":                        {[]string{"grant_consent"}, nil, "consent_granted"},
		"refused":                        {[]string{"refuse_consent"}, nil, "consent_refused"},
		"refused and accepted":           {[]string{"refuse_consent", "accept_refusal"}, nil, "consent_finally_refused"},
		"granted on reconsideration":     {[]string{"refuse_consent", "request_reconsideration", "grant_consent"}, nil, "consent_granted"},
		"a refusal quashed by the court": {[]string{"refuse_consent", "complain_to_court", "record_court_judgment"}, nil, "with_minister"},
		"a refusal upheld by the court": {
			[]string{"refuse_consent", "complain_to_court", "record_court_judgment"},
			map[string]inputs{"record_court_judgment": {"result": "upheld"}},
			"consent_finally_refused",
		},
		"after a supplement": {[]string{"request_supplement", "supplement", "grant_consent"}, nil, "consent_granted"},
		"a new draft":        {[]string{"refuse_consent", "redraft"}, nil, "assessment"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := adopted(t, "association_membership")
			walk(t, w, "send_consent_file", "supplement_file")
			do(t, w, "record_voivode_opinion", inputs{"opinion": "negative"}) // no refusal
			for _, transition := range test.walk {
				do(t, w, transition, test.inputs[transition])
			}
			if w.Proposal.State != test.state {
				t.Errorf("%s, want %s", w.Proposal.State, test.state)
			}
		})
	}
}

func TestReconsiderationIsAskedForOnceAndInTime(t *testing.T) {
	w := adopted(t, "association_membership")
	walk(t, w, "send_consent_file", "record_voivode_opinion", "refuse_consent") // on Monday 2026-03-02
	president := workflowtest.Person(workflow.President)
	if got := due(w, "reconsideration"); got != "2026-03-16" {
		t.Errorf("14 days end on %s", got)
	}
	late := w.Clone()
	late.Office.Wait("2026-03-17")
	late.Attach("reconsideration_request", workflow.President)
	if action := must(late.Action("request_reconsideration", president)); action.Allowed || !blocks(action, "reconsideration_late") {
		t.Errorf("late: allowed %v, %v", action.Allowed, codes(action.BlockedBy))
	}
	walk(t, w, "request_reconsideration", "refuse_consent")
	if action := must(w.Action("request_reconsideration", president)); action.Allowed || !blocks(action, "reconsidered_already") {
		t.Errorf("a second time: %v", codes(action.BlockedBy))
	}
}

// TestASecondRefusalIsTakenToCourtOrAccepted: the minister is asked to reconsider once, so that nothing waits for a second time.
func TestASecondRefusalIsTakenToCourtOrAccepted(t *testing.T) {
	w := adopted(t, "association_membership")
	walk(t, w, "deliver_to_voivode", "publish", "send_consent_file", "record_voivode_opinion", "refuse_consent", "request_reconsideration", "refuse_consent")
	want := []string{"official: record_no_objection by 2026-04-02", "president: complain_to_court, accept_refusal by 2026-04-01"}
	if diff := cmp.Diff(want, waiting(w)); diff != "" {
		t.Error(diff)
	}
	if due(w, "reconsideration") != "" || due(w, "court_complaint") != "2026-04-01" {
		t.Errorf("clocks %+v", w.Proposal.Deadlines)
	}
}

func TestAQuashedRefusalBeginsARoundOfItsOwn(t *testing.T) {
	w := adopted(t, "association_membership")
	walk(t, w, "send_consent_file", "record_voivode_opinion", "refuse_consent", "request_reconsideration", "refuse_consent", "complain_to_court",
		"record_court_judgment", "refuse_consent")
	if got := due(w, "reconsideration"); got != "2026-03-16" {
		t.Errorf("14 days end on %q", got)
	}
	walk(t, w, "request_reconsideration")
}

func TestTheConsentFileOfChangedRulesTellsTheNewOnes(t *testing.T) {
	w := member(t)
	walk(t, w, "rules_changed")
	walk(t, w, again[:6]...) // numbered
	official := workflowtest.Person(workflow.Official)
	missing := func() []string {
		lacking := []string{}
		for _, asked := range must(w.Action("send_consent_file", official)).RequiredDocuments {
			if !asked.Present {
				lacking = append(lacking, asked.AnyOf...)
			}
		}
		return lacking
	}
	renewed := []string{"member_list", "statute_translation", "member_list_translation"}
	if diff := cmp.Diff(renewed, missing()); diff != "" {
		t.Error(diff)
	}
	walk(t, w, "send_consent_file", "redraft") // which attaches what is missing
	walk(t, w, again[:6]...)
	if got := missing(); len(got) > 0 {
		t.Errorf("a new draft under the same rules lacks %v", got)
	}
}

func TestASupplementHasSevenDays(t *testing.T) {
	w := adopted(t, "association_membership")
	walk(t, w, "send_consent_file", "record_voivode_opinion")
	command(t, w, "request_supplement")
	for day, refusal := range map[string]bool{"2026-03-08": true, "2026-03-09": false} {
		_, got := w.Decide(command(t, w, "request_supplement", inputs{"respond_by": day}))
		if (got != nil) != refusal {
			t.Errorf("by %s: %v", day, got)
		}
	}
}

func TestChangedRulesNeedANewResolutionAndANewConsent(t *testing.T) {
	w := member(t)
	official, president := workflowtest.Person(workflow.Official), workflowtest.Person(workflow.President)
	walk(t, w, "rules_changed")
	if w.Proposal.State != "assessment" || w.Proposal.Round != 2 {
		t.Errorf("%s, round %d", w.Proposal.State, w.Proposal.Round)
	}
	if len(w.Office.Facts()["partner:partner-eurocities"].Holders) != 1 {
		t.Error("the City is no longer a member while the basis is being renewed")
	}
	walk(t, w, again...)
	if action := must(w.Action("sign_accession", president)); !blocks(action, "admitted_already") {
		t.Errorf("a second accession: %v", codes(action.BlockedBy))
	}
	if action := must(w.Action("confirm_membership", official)); !action.Allowed {
		t.Errorf("the confirmation: %v", codes(action.BlockedBy))
	}
	walk(t, w, "confirm_membership")
	if w.Proposal.State != "member" {
		t.Errorf("state %s", w.Proposal.State)
	}
}

func TestAFirstMembershipIsNotConfirmed(t *testing.T) {
	w := adopted(t, "association_membership")
	walk(t, w, "send_consent_file", "record_voivode_opinion", "grant_consent")
	if action := must(w.Action("confirm_membership", workflowtest.Person(workflow.Official))); !blocks(action, "not_admitted_yet") {
		t.Errorf("blocked by %v", codes(action.BlockedBy))
	}
}

func TestAnAnnulledResolutionStopsTheConsentAndIsRedrafted(t *testing.T) {
	w := adopted(t, "association_membership")
	walk(t, w, "send_consent_file", "record_voivode_opinion", "deliver_to_voivode", "record_annulment")
	if action := must(w.Action("grant_consent", workflowtest.Person(workflow.Official))); !blocks(action, "tracks_clear") {
		t.Errorf("blocked by %v", codes(action.BlockedBy))
	}
	walk(t, w, "redraft")
	walk(t, w, again...)
	walk(t, w, "sign_accession", "record_admission")
	if w.Proposal.State != "member" {
		t.Errorf("state %s", w.Proposal.State)
	}
}

func TestWithdrawal(t *testing.T) {
	t.Run("of a member needs the Council", func(t *testing.T) {
		w := member(t)
		action := must(w.Action("withdraw_membership", workflowtest.Person(workflow.President)))
		if !blocks(action, "ending_resolution_needed") {
			t.Errorf("blocked by %v", codes(action.BlockedBy))
		}
		do(t, w, "record_ending_resolution")
		walk(t, w, "withdraw_membership")
		left(t, w)
	})
	for _, end := range []string{"withdraw_draft", "discontinue"} {
		t.Run("for want of a basis, by "+end, func(t *testing.T) {
			w := member(t)
			walk(t, w, "rules_changed")
			if end == "discontinue" {
				walk(t, w, again[:6]...)
			}
			walk(t, w, end)
			walk(t, w, "withdraw_membership")
			left(t, w)
		})
	}
	t.Run("of one who never was a member", func(t *testing.T) {
		w := open(t, "association_membership")
		walk(t, w, "propose", "withdraw_draft")
		if action := must(w.Action("withdraw_membership", workflowtest.Person(workflow.President))); !blocks(action, "not_admitted_yet") {
			t.Errorf("blocked by %v", codes(action.BlockedBy))
		}
	})
}

func left(t *testing.T, w *workflowtest.Walker) {
	t.Helper()
	if w.Proposal.State != "withdrawn_membership" || len(w.Office.Facts()["partner:partner-eurocities"].Holders) != 0 {
		t.Errorf("%s, held %+v", w.Proposal.State, w.Office.Facts()["partner:partner-eurocities"])
	}
}

func TestOneEpisodeRunsAtATime(t *testing.T) {
	w := member(t)
	second, err := w.Office.Open("association_membership")
	if err != nil {
		t.Fatal(err)
	}
	official := workflowtest.Person(workflow.Official)
	if action := must(second.Action("propose", official)); !blocks(action, "membership_running") {
		t.Errorf("while the first runs: %v", codes(action.BlockedBy))
	}
	walk(t, w, "record_exclusion")
	if action := must(second.Action("propose", official)); !action.Allowed {
		t.Errorf("after the first ended: %v", codes(action.BlockedBy))
	}
}

func TestTheEntryOfAMembershipEndsOnTheDayForWhichItWasLeft(t *testing.T) {
	for name, test := range map[string]struct{ on, until string }{
		"on the day of the notice": {"2026-04-06", "2026-04-06"},
		"recorded after its end":   {"2026-03-06", "2026-04-01"},
		"on a day still to come":   {"2026-04-06", "2027-01-01"},
	} {
		t.Run(name, func(t *testing.T) {
			w := member(t)
			walk(t, w, "record_ending_resolution")
			w.Office.Wait("2026-04-06")
			given := command(t, w, "withdraw_membership", inputs{"ends_on": test.until})
			given.OccurredOn = calendar.Date(test.on)
			change, refusal := w.Decide(given)
			if refusal != nil {
				t.Fatal(refusal)
			}
			w.Accept(change)
			if got := w.Proposal.Register; got.Status != workflow.RegisterPast || string(got.Until) != test.until {
				t.Errorf("%+v", got)
			}
			left(t, w)
		})
	}
}
