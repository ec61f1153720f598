package workflow_test

import (
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
			workflow.Deadline{Clock: "supervision", StartsOn: "2026-03-05", DueOn: "2026-04-07", State: "running"}, // Easter Monday is the 6th
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
