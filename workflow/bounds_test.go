package workflow_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/workflowtest"
)

// TestAMistypedYearIsNoticed types days that are too far away to be meant: the farthest are refused, less far ones need a justification.
func TestAMistypedYearIsNoticed(t *testing.T) {
	contacts := func(t *testing.T) *workflowtest.Walker {
		t.Helper()
		return open(t, "informal_cooperation")
	}
	reviewed := func(t *testing.T) *workflowtest.Walker {
		t.Helper()
		w := contacts(t)
		walk(t, w, "sign_working_document")
		return w
	}
	proposed := func(t *testing.T) *workflowtest.Walker {
		t.Helper()
		w := open(t, "partnership_agreement")
		walk(t, w, "propose")
		return w
	}
	ready := func(t *testing.T) *workflowtest.Walker {
		t.Helper()
		return signed(t, nil)
	}
	agreed := func(t *testing.T) *workflowtest.Walker {
		t.Helper()
		return inForce(t, inputs{"valid_until": "2027-06-30"})
	}
	clause := func(t *testing.T) *workflowtest.Walker {
		t.Helper()
		return inForce(t, inputs{"valid_until": "2027-06-30", "renewal": renewal(12, 3)})
	}
	ending := func(t *testing.T) *workflowtest.Walker {
		t.Helper()
		w := agreed(t)
		walk(t, w, "record_ending_resolution")
		return w
	}
	leaving := func(t *testing.T) *workflowtest.Walker {
		t.Helper()
		w := member(t)
		walk(t, w, "record_ending_resolution")
		return w
	}
	baseless := func(t *testing.T) *workflowtest.Walker {
		t.Helper()
		w := member(t)
		walk(t, w, "rules_changed", "withdraw_draft")
		return w
	}
	settled := func(t *testing.T) *workflowtest.Walker {
		t.Helper()
		w := open(t, "eu_programme")
		walk(t, w, "start_analysis", "decide_participation", "submit_application", "record_award", "sign_grant_agreement", "start_implementation", "settle")
		return w
	}
	for name, test := range map[string]farAway{
		"review of a document":     {contacts, "sign_working_document", "review_on", "2031-03-02", "", ""},
		"next review":              {reviewed, "review", "review_on", "2031-03-02", "", ""},
		"term of a draft":          {proposed, "complete_draft", "term_until", "2046-03-02", "2126-03-02", "distant_end"},
		"end of an agreement":      {ready, "enter_into_force", "valid_until", "2046-03-02", "2126-03-02", "distant_end"},
		"renewed end":              {agreed, "renew", "valid_until", "2046-03-02", "2126-03-02", "distant_end"},
		"automatically renewed":    {clause, "record_automatic_renewal", "valid_until", "2047-03-31", "2127-03-31", "distant_end"},
		"notice by the City":       {ending, "give_notice", "ends_on", "2028-03-02", "2046-03-02", "distant_notice"},
		"notice by the partner":    {agreed, "record_partner_notice", "ends_on", "2028-03-02", "2046-03-02", "distant_notice"},
		"withdrawal":               {leaving, "withdraw_membership", "ends_on", "2028-03-02", "2046-03-02", "distant_notice"},
		"withdrawal without basis": {baseless, "withdraw_membership", "ends_on", "2028-03-02", "2046-03-02", "distant_notice"},
		"durability":               {settled, "start_durability", "durability_until", "2046-03-02", "", ""},
	} {
		t.Run(name, test.isNoticed)
	}
}

// farAway is a day that is asked for, and how far away it may be.
type farAway struct {
	at                func(*testing.T) *workflowtest.Walker
	transition, field string
	passes, warns     calendar.Date // the farthest that passes, and the farthest that passes with a justification; none where they are one
	code              string
}

func (test farAway) isNoticed(t *testing.T) {
	t.Helper()
	w := test.at(t)
	judge := func(day calendar.Date, justification string) *workflow.Refusal {
		given := command(t, w, test.transition, inputs{test.field: day})
		given.Justification = justification
		_, refusal := w.Decide(given)
		return refusal
	}
	if refusal := judge(test.passes, ""); refusal != nil {
		t.Errorf("%s: %v", test.passes, refusal)
	}
	farthest := test.passes
	if test.warns != "" {
		farthest = test.warns
		if refusal := judge(farthest, "Tak uzgodniono"); refusal != nil {
			t.Errorf("%s, justified: %v", farthest, refusal)
		}
		for _, day := range []calendar.Date{test.passes.PlusDays(1), farthest} {
			refusal := judge(day, "")
			if refusal == nil || !cmp.Equal(codes(refusal.Blockers), []string{test.code}) || refusal.Blockers[0].Severity != workflow.Warn {
				t.Errorf("%s: %v", day, refusal)
			}
		}
	}
	for _, day := range []calendar.Date{farthest.PlusDays(1), "9999-12-31"} {
		refusal := judge(day, "Tak uzgodniono")
		if refusal == nil || refusal.Kind != workflow.Invalid || refusal.Errors[0].Pointer != "/inputs/"+test.field || !refusal.Errors[0].Message.Complete() {
			t.Errorf("%s: %v", day, refusal)
		}
	}
}
