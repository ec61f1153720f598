package workflow_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/workflowtest"
)

// signed leads a twin-city agreement to its signature, with the term of its draft.
func signed(t testing.TB, term inputs) *workflowtest.Walker {
	t.Helper()
	w := open(t, "twin_city_agreement")
	walk(t, w, "propose")
	do(t, w, "complete_draft", term)
	walk(t, w, "submit_to_council", "register_print", "place_on_agenda", "record_vote", "number_resolution", "prepare_signing", "sign_agreement")
	return w
}

// legacyTwin is a twin-city agreement in force of before the program, of which the sources tell when it was signed.
func legacyTwin(t testing.TB, signedOn calendar.Date) *workflowtest.Walker {
	t.Helper()
	office := office(t)
	definition, _ := office.InForce("twin_city_agreement")
	change, refusal := workflow.Import(definition, workflow.NewCase{ID: office.NewID(), Title: "Wpis", Partner: workflowtest.PartnerFor(definition.Form)}, "in_force",
		workflow.Command{By: workflowtest.Person(workflow.Official), OccurredOn: signedOn, Inputs: map[string]json.RawMessage{
			"source": []byte(`"BIP"`), "confidence": []byte(`"S"`), "dates": []byte(`{"signed_on":"` + string(signedOn) + `"}`),
		}}, office.Moment())
	if refusal != nil {
		t.Fatal(refusal)
	}
	w := &workflowtest.Walker{Office: office, Definition: definition}
	w.Accept(change)
	return w
}

// refusedAt says at which field a command is refused; nothing where it passes.
func refusedAt(t testing.TB, w *workflowtest.Walker, command workflow.Command) string {
	t.Helper()
	_, refusal := w.Decide(command)
	if refusal == nil {
		return ""
	}
	if len(refusal.Errors) != 1 || !refusal.Errors[0].Message.Complete() {
		t.Fatalf("refused by %+v", refusal)
	}
	return refusal.Errors[0].Pointer
}

func renewal(term, notice int) map[string]any {
	return map[string]any{"term_months": term, "notice_months": notice}
}

func TestTheTermOfAnAgreementThatComesIntoForce(t *testing.T) {
	for name, test := range map[string]struct {
		draft, force inputs
		refused      string
	}{
		"no end":                              {nil, nil, ""},
		"the end of the draft":                {inputs{"term_until": "2027-03-31"}, nil, ""},
		"an end of its own":                   {inputs{"term_until": "2027-03-31"}, inputs{"valid_until": "2028-03-31"}, ""},
		"the end of the draft is over":        {inputs{"term_until": "2026-03-31"}, nil, "/inputs/valid_until"},
		"a later one than that which is over": {inputs{"term_until": "2026-03-31"}, inputs{"valid_until": "2027-03-31"}, ""},
		"it renews itself from a known end":   {inputs{"term_until": "2027-03-31"}, inputs{"renewal": renewal(60, 6)}, ""},
		"it renews itself and has no end":     {inputs{"term": "indefinite", "term_reason": "Trwała współpraca"}, inputs{"renewal": renewal(60, 6)}, "/inputs/valid_until"},
		"it renews itself at once":            {nil, inputs{"valid_until": "2027-03-31", "renewal": renewal(0, 6)}, "/inputs/renewal"},
		"it renews itself for a life":         {nil, inputs{"valid_until": "2027-03-31", "renewal": renewal(601, 6)}, "/inputs/renewal"},
		"its notice is longer than a life":    {nil, inputs{"valid_until": "2027-03-31", "renewal": renewal(60, 999_999)}, "/inputs/renewal"},
	} {
		t.Run(name, func(t *testing.T) {
			w := signed(t, test.draft)
			w.Office.Wait("2026-05-05")
			if got := refusedAt(t, w, command(t, w, "enter_into_force", test.force)); got != test.refused {
				t.Errorf("refused at %q, want %q", got, test.refused)
			}
		})
	}
}

func TestAnAgreementForAnIndefiniteTermDoesNotRenewItself(t *testing.T) {
	w := signed(t, inputs{"term": "indefinite", "term_reason": "Trwała współpraca"})
	walk(t, w, "enter_into_force")
	official := workflowtest.Person(workflow.Official)
	if action := must(w.Action("record_automatic_renewal", official)); !blocks(action, "indefinite_term") {
		t.Errorf("blocked by %v", codes(action.BlockedBy))
	}
	do(t, w, "renew", inputs{"valid_until": "2030-12-31"}) // an annex gives it an end
	if action := must(w.Action("record_automatic_renewal", official)); blocks(action, "indefinite_term") {
		t.Errorf("of one that has an end: %v", codes(action.BlockedBy))
	}
}

func TestAClauseWithoutNoticeRenewsOnceTheTermIsOver(t *testing.T) {
	w := inForce(t, inputs{"valid_until": "2026-06-30", "renewal": renewal(12, 0)})
	if got := must(w.Action("record_automatic_renewal", workflowtest.Person(workflow.Official))).EarliestOn; got != "2026-07-01" {
		t.Errorf("renews itself on %s", got)
	}
}

func TestWhatIsRenewedGoesOn(t *testing.T) {
	kept := legacyTwin(t, "1993-02-19")
	for name, test := range map[string]struct {
		transition string
		on, until  calendar.Date
		refused    string
	}{
		"an end of before the renewal":           {"renew", "", "1999-01-01", "/inputs/valid_until"},
		"an end on its day":                      {"renew", "2020-05-06", "2020-05-06", "/inputs/valid_until"},
		"recorded late":                          {"renew", "2020-05-06", "2025-05-06", ""},
		"by itself, until before":                {"record_automatic_renewal", "", "2025-05-06", "/inputs/valid_until"},
		"by itself, recorded late":               {"record_automatic_renewal", "2020-05-06", "2025-05-06", ""},
		"by itself, before there was any":        {"record_automatic_renewal", "1990-01-01", "2027-01-01", "/occurred_on"},
		"before there was any":                   {"renew", "1993-02-18", "2027-01-01", "/occurred_on"},
		"on the day on which it was made itself": {"renew", "1993-02-19", "1998-02-19", ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := kept.Clone()
			given := command(t, w, test.transition, inputs{"valid_until": test.until})
			given.OccurredOn, given.Justification = test.on, "Klauzula umowy"
			if got := refusedAt(t, w, given); got != test.refused {
				t.Errorf("refused at %q, want %q", got, test.refused)
			}
		})
	}
}

func TestARenewalOfWhatHasExpiredIsJustified(t *testing.T) {
	w := inForce(t, inputs{"valid_until": "2026-06-30"})
	given := command(t, w, "renew", inputs{"valid_until": "2028-06-30"})
	w.Office.Wait("2027-07-30")
	given.OccurredOn = "2026-06-30"
	if _, refusal := w.Decide(given); refusal != nil {
		t.Errorf("dated by the last day: %v", refusal)
	}
	given.OccurredOn = ""
	refusal := refused(t, w, given, workflow.Blocked)
	if diff := cmp.Diff([]string{"renewed_after_expiry"}, codes(refusal.Blockers)); diff != "" || refusal.Blockers[0].Severity != workflow.Warn {
		t.Errorf("thirteen months later: %s", diff)
	}
	given.Justification = "Strony uzgodniły dalsze obowiązywanie"
	if _, refusal := w.Decide(given); refusal != nil {
		t.Errorf("with a justification: %v", refusal)
	}
}
