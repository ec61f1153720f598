package workflow_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/workflowtest"
)

func deadline(w *workflowtest.Walker, clock string) workflow.Deadline {
	var found workflow.Deadline
	for _, deadline := range w.Proposal.Deadlines {
		if deadline.Clock == clock {
			found = deadline
		}
	}
	found.Title = workflow.Text{}
	return found
}

func TestClocksRunFromTheirDay(t *testing.T) {
	for name, test := range map[string]struct {
		form  string
		day   calendar.Date
		walk  []string
		given inputs // of the last transition
		want  workflow.Deadline
	}{
		"the agenda, 90 days from receipt": {
			"twin_city_agreement", "2026-03-02",
			[]string{"propose", "complete_draft", "submit_to_council"},
			nil,
			workflow.Deadline{Clock: "agenda", StartsOn: "2026-03-02", DueOn: "2026-05-31", State: "running"},
		},
		"the agenda, a plain date even on a Sunday": {
			"twin_city_agreement", "2026-03-09",
			[]string{"propose", "complete_draft", "submit_to_council"},
			inputs{"received_on": "2026-03-09"},
			workflow.Deadline{Clock: "agenda", StartsOn: "2026-03-09", DueOn: "2026-06-07", State: "running"},
		},
		"delivery, 7 days": {
			"twin_city_agreement", "2026-03-02",
			[]string{"propose", "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote"},
			nil,
			workflow.Deadline{Clock: "delivery", StartsOn: "2026-03-02", DueOn: "2026-03-09", State: "running"},
		},
		"delivery that falls on All Saints and a Sunday": {
			"twin_city_agreement", "2026-10-25",
			[]string{"propose", "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote"},
			nil,
			workflow.Deadline{Clock: "delivery", StartsOn: "2026-10-25", DueOn: "2026-11-02", State: "running"},
		},
		"supervision, 30 days that end on a Saturday": {
			"twin_city_agreement", "2026-03-05",
			[]string{
				"propose", "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote", "number_resolution", "deliver_to_voivode",
			},
			nil,
			workflow.Deadline{Clock: "supervision", StartsOn: "2026-03-05", DueOn: "2026-04-07", State: "running", Window: true}, // Easter Monday is the 6th
		},
		"review of a working document": {
			"informal_cooperation", "2026-03-02",
			[]string{"sign_working_document"},
			nil,
			workflow.Deadline{Clock: "review", StartsOn: "2027-03-02", DueOn: "2027-03-02", State: "running"},
		},
		"review on the day asked for": {
			"informal_cooperation", "2026-03-02",
			[]string{"sign_working_document"},
			inputs{"review_on": "2026-12-25"},
			workflow.Deadline{Clock: "review", StartsOn: "2026-12-25", DueOn: "2026-12-25", State: "running"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, test.form)
			w.Office.Wait(test.day)
			last := len(test.walk) - 1
			walk(t, w, test.walk[:last]...)
			do(t, w, test.walk[last], test.given)
			if diff := cmp.Diff(test.want, deadline(w, test.want.Clock)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAClockIsMetOrMissedByWhatStopsIt(t *testing.T) {
	for day, state := range map[calendar.Date]string{"2026-03-09": workflow.DeadlineMet, "2026-03-10": workflow.DeadlineMissed} {
		w := adopted(t, "twin_city_agreement") // on 2026-03-02
		w.Office.Wait(day)
		walk(t, w, "deliver_to_voivode")
		if got := deadline(w, "delivery").State; got != state {
			t.Errorf("delivered on %s: %s, want %s", day, got, state)
		}
	}
}

// TestAClockIsMetByWhatItAsksForAlone looks at how a clock ends: kept or missed by the act that it asks for, over where it
// asked for nothing and its day has passed, and else no longer running.
func TestAClockIsMetByWhatItAsksForAlone(t *testing.T) {
	const annulled = "deliver_to_voivode record_annulment "
	toMinister := "send_consent_file record_voivode_opinion "
	for name, test := range map[string]struct {
		from  func(t testing.TB) *workflowtest.Walker
		walk  string // before the last, on 2026-03-02
		last  string
		day   calendar.Date // of the last
		clock string
		state string
	}{
		"a draft that is voted in time":         {drafted, "", "record_vote", "2026-05-31", "agenda", "met"},
		"a draft that is voted late":            {drafted, "", "record_vote", "2026-06-01", "agenda", "missed"},
		"a draft that is withdrawn":             {drafted, "", "withdraw_draft", "2026-03-02", "agenda", "stopped"},
		"a draft that is withdrawn late":        {drafted, "", "withdraw_draft", "2026-07-01", "agenda", "stopped"},
		"a draft that is returned":              {drafted, "", "return_for_correction", "2026-03-02", "agenda", "stopped"},
		"a resolution that nobody delivers":     {of("twin_city_agreement"), "", "redraft", "2026-03-02", "delivery", "stopped"},
		"the voivode is silent":                 {of("twin_city_agreement"), "deliver_to_voivode", "record_no_objection", "2026-04-02", "supervision", "over"},
		"the voivode rules":                     {of("twin_city_agreement"), "deliver_to_voivode", "record_breach", "2026-04-01", "supervision", "stopped"},
		"a ruling that comes after the window":  {of("twin_city_agreement"), "deliver_to_voivode", "record_annulment", "2026-04-02", "supervision", "over"},
		"a complaint in time":                   {of("twin_city_agreement"), annulled, "file_complaint", "2026-04-01", "complaint", "met"},
		"a complaint that is late":              {of("twin_city_agreement"), annulled, "file_complaint", "2026-04-02", "complaint", "missed"},
		"no complaint, a new draft":             {of("twin_city_agreement"), annulled, "redraft", "2026-03-02", "complaint", "stopped"},
		"no complaint, a new adoption":          {inLifeOf("twin_city_agreement"), annulled, "record_ending_resolution", "2026-03-09", "complaint", "stopped"},
		"never delivered, a new adoption":       {inLifeOf("twin_city_agreement"), "", "record_ending_resolution", "2026-05-04", "delivery", "stopped"},
		"a supplement in time":                  {of("association_membership"), toMinister + "request_supplement", "supplement", "2026-03-09", "supplement", "met"},
		"no supplement":                         {of("association_membership"), toMinister + "request_supplement", "discontinue", "2026-03-02", "supplement", "stopped"},
		"a reconsideration in time":             {of("association_membership"), toMinister + "refuse_consent", "request_reconsideration", "2026-03-16", "reconsideration", "met"},
		"a reconsideration, no court":           {of("association_membership"), toMinister + "refuse_consent", "request_reconsideration", "2026-03-16", "court_complaint", "stopped"},
		"the court, no reconsideration":         {of("association_membership"), toMinister + "refuse_consent", "complain_to_court", "2026-03-16", "reconsideration", "stopped"},
		"the court in time":                     {of("association_membership"), toMinister + "refuse_consent", "complain_to_court", "2026-04-01", "court_complaint", "met"},
		"a refusal that is accepted":            {of("association_membership"), toMinister + "refuse_consent", "accept_refusal", "2026-06-01", "reconsideration", "stopped"},
		"an agreement that expires on its day":  {expiring, "", "expire", "2026-06-30", "agreement_expiry", "over"},
		"an expiry that is recorded later":      {expiring, "", "expire", "2026-07-20", "agreement_expiry", "over"},
		"an agreement that is superseded first": {expiring, "", "supersede", "2026-06-29", "agreement_expiry", "stopped"},
		"the last day for notice that passes":   {expiring, "", "expire", "2026-06-30", "notice_cutoff", "over"},
		"a notice in time":                      {expiring, "", "record_partner_notice", "2026-04-20", "notice_cutoff", "stopped"},
		"a notice that runs out":                {expiring, "record_partner_notice", "terminate", "2026-03-05", "notice_end", "over"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := test.from(t)
			walk(t, w, strings.Fields(test.walk)...)
			w.Office.Wait(test.day)
			made := command(t, w, test.last)
			made.Justification = "Odnotowano po terminie."
			change, refusal := w.Decide(made)
			if refusal != nil {
				t.Fatal(refusal)
			}
			w.Accept(change)
			states := map[string]bool{}
			for _, deadline := range w.Proposal.Deadlines {
				if deadline.Clock == test.clock {
					states[deadline.State] = true
				}
			}
			if delete(states, workflow.DeadlineRunning); !states[test.state] || len(states) != 1 {
				t.Errorf("%s is %v, want %s", test.clock, states, test.state)
			}
		})
	}
}

func of(form string) func(testing.TB) *workflowtest.Walker {
	return func(t testing.TB) *workflowtest.Walker {
		t.Helper()
		return adopted(t, form)
	}
}

func inLifeOf(form string) func(testing.TB) *workflowtest.Walker {
	return func(t testing.TB) *workflowtest.Walker {
		t.Helper()
		return ofGoal(t, form)
	}
}

func drafted(t testing.TB) *workflowtest.Walker {
	t.Helper()
	return onAgenda(t, "twin_city_agreement")
}

// expiring is in force until the end of June, unless notice is given by the end of April.
func expiring(t testing.TB) *workflowtest.Walker {
	t.Helper()
	return inForce(t, inputs{"valid_until": "2026-06-30", "renewal": map[string]int{"term_months": 12, "notice_months": 2}})
}

func TestNobodyIsLateForTheVoivode(t *testing.T) {
	w := adopted(t, "twin_city_agreement") // on 2026-03-02
	delivery := deadline(w, "delivery")
	walk(t, w, "deliver_to_voivode")
	window := deadline(w, "supervision")
	for day, want := range map[calendar.Date][3]bool{ // the delivery is overdue; the window is overdue, over
		"2026-03-09": {false, false, false}, "2026-03-10": {true, false, false}, "2026-04-01": {true, false, false}, "2026-04-02": {true, false, true},
	} {
		if got := [3]bool{delivery.Overdue(day), window.Overdue(day), window.Over(day)}; got != want || delivery.Over(day) {
			t.Errorf("on %s: %v, want %v", day, got, want)
		}
	}
}

func TestAReviewThatIsMadeKeepsItsTermAndStartsTheNext(t *testing.T) {
	for day, state := range map[calendar.Date]string{"2027-03-02": workflow.DeadlineMet, "2027-03-03": workflow.DeadlineMissed} {
		w := open(t, "informal_cooperation")
		walk(t, w, "sign_working_document")
		w.Office.Wait(day)
		walk(t, w, "review")
		var states []string
		for _, deadline := range w.Proposal.Deadlines {
			states = append(states, deadline.State)
		}
		if want := []string{state, workflow.DeadlineRunning}; !cmp.Equal(states, want) {
			t.Errorf("reviewed on %s: %v, want %v", day, states, want)
		}
	}
}

func TestAPassedDeadlineStopsNothing(t *testing.T) {
	w := onAgenda(t, "twin_city_agreement")
	w.Office.Wait("2030-01-01")
	walk(t, w, "record_vote")
	if w.Proposal.State != "resolution_adopted" {
		t.Errorf("state %s", w.Proposal.State)
	}
}

func TestAClockThatStartsAgainRunsOnce(t *testing.T) {
	w := open(t, "informal_cooperation")
	walk(t, w, "sign_working_document", "review", "sign_working_document")
	running := 0
	for _, deadline := range w.Proposal.Deadlines {
		if deadline.State == workflow.DeadlineRunning {
			running++
		}
	}
	if running != 1 {
		t.Errorf("%d review clocks run", running)
	}
}
