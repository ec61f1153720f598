package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
	"hejnal/workflow/workflowtest"
)

// waiting lists the open tasks of a case: "role: transitions, by date".
func waiting(w *workflowtest.Walker) []string {
	list := []string{}
	for _, task := range w.Proposal.Tasks {
		text := string(task.Role) + ": " + strings.Join(task.AsksFor, ", ")
		if task.DueOn != "" {
			text += " by " + string(task.DueOn)
		}
		list = append(list, text)
	}
	return list
}

// TestWhatWaitsForWhom walks forms on Monday 2026-03-02 and reads the open tasks after each transition.
func TestWhatWaitsForWhom(t *testing.T) {
	const (
		deliver = "official: deliver_to_voivode by 2026-03-09"
		publish = "secretariat: publish"
	)
	type step struct {
		transition string
		waiting    []string
	}
	toTheNumber := []step{
		{"propose", []string{"official: complete_draft", "lawyer: give_legal_opinion"}},
		{"complete_draft", []string{"president: submit_to_council"}},
		{"submit_to_council", []string{"secretariat: register_print by 2026-05-31"}},
		{"register_print", []string{"secretariat: place_on_agenda by 2026-05-31"}},
		{"place_on_agenda", []string{"secretariat: record_vote, hold_first_reading by 2026-03-02"}},
		{"record_vote", []string{"secretariat: number_resolution", deliver, publish}},
	}
	for form, steps := range map[string][]step{
		"twin_city_agreement": append(toTheNumber[:6:6], []step{
			{"number_resolution", []string{deliver, publish, "official: prepare_signing"}},
			{"deliver_to_voivode", []string{publish, "official: prepare_signing", "official: record_no_objection by 2026-04-02"}},
			{"publish", []string{"official: prepare_signing", "official: record_no_objection by 2026-04-02"}},
			{"prepare_signing", []string{"official: record_no_objection by 2026-04-02", "president: sign_agreement"}},
			{"return_to_partner", []string{"official: record_no_objection by 2026-04-02", "official: record_partner_agreement"}},
			{"record_partner_agreement", []string{"official: record_no_objection by 2026-04-02", "official: prepare_signing"}},
			{"prepare_signing", []string{"official: record_no_objection by 2026-04-02", "president: sign_agreement"}},
			{"sign_agreement", []string{"official: record_no_objection by 2026-04-02", "official: enter_into_force"}},
			{"record_annulment", []string{"official: enter_into_force", "president: file_complaint by 2026-04-01"}},
			{"discontinue", []string{"president: file_complaint by 2026-04-01"}},
		}...),
		"association_membership": append(toTheNumber[:6:6], []step{
			{"number_resolution", []string{deliver, publish, "official: send_consent_file"}},
			{"send_consent_file", []string{deliver, publish, "official: record_voivode_opinion"}},
			{"record_voivode_opinion", []string{deliver, publish, "official: grant_consent"}},
			{"request_supplement", []string{deliver, publish, "official: supplement by 2026-03-09"}},
			{"supplement", []string{deliver, publish, "official: grant_consent"}},
			{"refuse_consent", []string{deliver, publish, "president: request_reconsideration by 2026-03-16"}},
			{"request_reconsideration", []string{deliver, publish, "official: grant_consent"}},
			{"grant_consent", []string{deliver, publish, "president: sign_accession"}},
			{"sign_accession", []string{deliver, publish, "official: record_admission"}},
			{"record_admission", []string{deliver, publish}},
		}...),
		"honorary_twin_title": append(toTheNumber[:6:6], []step{
			{"number_resolution", []string{deliver, publish, "secretariat: confer_title"}},
			{"confer_title", []string{deliver, publish, "president: present_title"}},
			{"present_title", []string{deliver, publish}},
		}...),
		"informal_cooperation": {
			{"sign_working_document", []string{"official: review by 2027-03-02"}},
			{"review", []string{"official: review by 2027-03-02"}},
			{"let_lapse", []string{}},
		},
		"eu_programme": {
			{"start_analysis", []string{"president: decide_participation"}},
			{"decide_participation", []string{"official: submit_application"}},
			{"submit_application", []string{"official: record_award"}},
			{"place_on_reserve", []string{"official: record_award"}},
			{"record_award", []string{"president: sign_grant_agreement"}},
			{"sign_grant_agreement", []string{"official: start_implementation"}},
			{"start_implementation", []string{"official: settle"}},
			{"settle", []string{"official: start_durability, close"}},
			{"start_durability", []string{"official: close by 2026-03-02"}},
			{"close", []string{}},
		},
		"political_body": {
			{"consent_to_participate", []string{"president: appoint_representative"}},
			{"appoint_representative", []string{"official: start_participation"}},
			{"start_participation", []string{"official: answer_membership_question by 2027-03-02"}},
			{"file_report", []string{"official: answer_membership_question by 2027-03-02"}},
			{"answer_membership_question", []string{"official: answer_membership_question by 2027-03-02"}},
			{"end_participation", []string{}},
		},
	} {
		t.Run(form, func(t *testing.T) {
			w := open(t, form)
			for _, step := range steps {
				do(t, w, step.transition)
				if diff := cmp.Diff(step.waiting, waiting(w)); diff != "" {
					t.Errorf("after %s:\n%s", step.transition, diff)
				}
			}
		})
	}
}

func TestNobodyIsLateToTellThatTheVoivodeRaisedNoObjection(t *testing.T) {
	w := adopted(t, "twin_city_agreement")
	walk(t, w, "deliver_to_voivode")
	action := must(w.Action("record_no_objection", workflowtest.Person(workflow.Official)))
	i := slices.IndexFunc(w.Proposal.Tasks, func(task workflow.Task) bool { return slices.Contains(task.AsksFor, "record_no_objection") })
	if i < 0 || w.Proposal.Tasks[i].DueOn < action.EarliestOn {
		t.Errorf("asked for by %+v, possible from %s", w.Proposal.Tasks, action.EarliestOn)
	}
}

func TestATaskIsCompletedByWhatItAsksForAndElseOvertaken(t *testing.T) {
	w := open(t, "twin_city_agreement")
	proposed := do(t, w, "propose")
	if len(proposed.Tasks) != 2 || proposed.Tasks[0].What != workflow.TaskOpened {
		t.Fatalf("tasks %+v", proposed.Tasks)
	}
	opinion := do(t, w, "give_legal_opinion")
	if len(opinion.Tasks) != 1 || opinion.Tasks[0].What != workflow.TaskCompleted || opinion.Tasks[0].Task.Outcome != "" {
		t.Errorf("what the lawyer was asked for: %+v", opinion.Tasks)
	}
	withdrawn := do(t, w, "withdraw_draft")
	if len(withdrawn.Tasks) != 1 || withdrawn.Tasks[0].Task.Outcome != "overtaken" || withdrawn.Tasks[0].Task.State != "completed" {
		t.Errorf("what nobody asks for any more: %+v", withdrawn.Tasks)
	}
	if !withdrawn.Tasks[0].Task.ClosedAt.Equal(w.Office.Moment().Now) || withdrawn.Tasks[0].Task.ID != proposed.Tasks[0].Task.ID {
		t.Errorf("closed %+v", withdrawn.Tasks[0].Task)
	}
}

func TestATaskThatStillAppliesStaysAsItIs(t *testing.T) {
	w := open(t, "twin_city_agreement")
	walk(t, w, "propose")
	w.Proposal.Tasks[0].Assignee = "anna"
	change := do(t, w, "correct_entry")
	if len(change.Tasks) != 0 || w.Proposal.Tasks[0].Assignee != "anna" {
		t.Errorf("changed %+v, now %+v", change.Tasks, w.Proposal.Tasks)
	}
}

func TestARepeatedTaskIsOpenedAnew(t *testing.T) {
	w := open(t, "informal_cooperation")
	first := do(t, w, "sign_working_document").Tasks[0].Task
	reviewed := do(t, w, "review")
	if len(reviewed.Tasks) != 2 || reviewed.Tasks[0].Task.ID != first.ID || reviewed.Tasks[0].Task.Outcome != "" || reviewed.Tasks[1].What != workflow.TaskOpened {
		t.Errorf("a review gave %+v", reviewed.Tasks)
	}
}

func TestEveryTaskIsKnownToItsRole(t *testing.T) {
	for _, definition := range definitions(t) {
		for _, task := range definition.Tasks {
			if !task.Role.Moves() || !task.Title.Complete() {
				t.Errorf("%s: %s for %s", definition.Form, task.ID, task.Role)
			}
		}
	}
}

func TestATaskWithAnotherDateIsAnotherTask(t *testing.T) {
	w := inForce(t, inputs{"valid_until": "2026-06-30"})
	renewed := do(t, w, "renew", inputs{"valid_until": "2027-06-30"})
	if len(renewed.Tasks) != 2 || renewed.Tasks[0].Task.Outcome != "overtaken" || renewed.Tasks[0].Task.DueOn != "2026-06-30" || renewed.Tasks[1].Task.DueOn != "2027-06-30" {
		t.Errorf("a renewal gave %+v", renewed.Tasks)
	}
}
