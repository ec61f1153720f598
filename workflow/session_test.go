package workflow_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/workflowtest"
)

func TestNobodyVotesBeforeTheSession(t *testing.T) {
	w := open(t, "twin_city_agreement")
	walk(t, w, "propose", "complete_draft", "submit_to_council", "register_print")
	session := w.Today().PlusDays(10)
	do(t, w, "place_on_agenda", inputs{"session_date": string(session)})
	action := must(w.Action("record_vote", workflowtest.Person(workflow.Secretariat)))
	if action.EarliestOn != session || action.Allowed || !blocks(action, "too_early") {
		t.Errorf("earliest on %s, blocked by %v", action.EarliestOn, codes(action.BlockedBy))
	}
	vote := workflow.Command{Transition: "record_vote", By: workflowtest.Person(workflow.Secretariat), Inputs: map[string]json.RawMessage{
		"for": []byte("30"), "against": []byte("5"), "abstained": []byte("3"), "present": []byte("38"),
	}}
	if refusal := refused(t, w, vote, workflow.Blocked); refusal.Blockers[0].Code != "too_early" {
		t.Errorf("refused by %v", codes(refusal.Blockers))
	}
	w.Office.Wait(session)
	if _, refusal := w.Decide(vote); refusal != nil {
		t.Errorf("on the day of the session: %v", refusal)
	}
}

func TestNothingIsPlacedOnTheAgendaOfASessionThatIsOver(t *testing.T) {
	w := open(t, "twin_city_agreement")
	walk(t, w, "propose", "complete_draft", "submit_to_council", "register_print")
	yesterday, today := string(w.Today().PlusDays(-1)), string(w.Today())
	for _, over := range []string{yesterday, "1900-01-01"} {
		wrong := refused(t, w, command(t, w, "place_on_agenda", inputs{"session_date": over}), workflow.Invalid).Errors
		if len(wrong) != 1 || wrong[0].Pointer != "/inputs/session_date" || !wrong[0].Message.Complete() {
			t.Errorf("a session of %s: %+v", over, wrong)
		}
	}
	if _, refusal := w.Decide(command(t, w, "place_on_agenda", inputs{"session_date": today})); refusal != nil {
		t.Errorf("a session of the same day: %v", refusal)
	}
	w.Office.Wait(w.Today().PlusDays(7))
	placed := command(t, w, "place_on_agenda", inputs{"session_date": today})
	placed.OccurredOn = calendar.Date(today)
	if _, refusal := w.Decide(placed); refusal != nil {
		t.Errorf("recorded after the session, dated before: %v", refusal)
	}
}

func TestAnotherRoundNeedsAnOrdinanceOfItsOwn(t *testing.T) {
	w := adopted(t, "twin_city_agreement")
	walk(t, w, "deliver_to_voivode", "record_annulment", "redraft", "complete_draft")
	action := must(w.Action("submit_to_council", workflowtest.Person(workflow.President)))
	i := slices.IndexFunc(action.RequiredDocuments, func(d workflow.AskedDocument) bool { return d.AnyOf[0] == "president_ordinance" })
	if i < 0 || action.RequiredDocuments[i].Present || !action.RequiredDocuments[i].Fresh {
		t.Errorf("asked for %+v", action.RequiredDocuments)
	}
}

func TestARefusalNamesTheWaysOutThatAreOpenNow(t *testing.T) {
	w := adopted(t, "twin_city_agreement")
	walk(t, w, "deliver_to_voivode", "record_annulment")
	action := must(w.Action("prepare_signing", workflowtest.Person(workflow.Official)))
	for _, blocker := range action.BlockedBy {
		if blocker.Code != "tracks_clear" {
			continue
		}
		if got := strings.Join(blocker.ClearedBy, " "); got != "file_complaint redraft discontinue" {
			t.Errorf("cleared by %s", got)
		}
		if !slices.Contains(blocker.Who, workflow.President) || slices.Contains(blocker.Who, workflow.Secretariat) {
			t.Errorf("who could clear it: %v", blocker.Who)
		}
		return
	}
	t.Errorf("blocked by %v", codes(action.BlockedBy))
}

func TestOptionalDocumentsAreShownToo(t *testing.T) {
	w := adopted(t, "twin_city_agreement")
	action := must(w.Action("deliver_to_voivode", workflowtest.Person(workflow.Official)))
	if len(action.OptionalDocuments) != 1 || action.OptionalDocuments[0].Present {
		t.Fatalf("optional: %+v", action.OptionalDocuments)
	}
	w.Attach("proof_of_delivery", workflow.Official)
	if action = must(w.Action("deliver_to_voivode", workflowtest.Person(workflow.Official))); !action.OptionalDocuments[0].Present {
		t.Error("the proof is attached and not seen")
	}
}

func TestWhatIsAbsentIsNullInJSON(t *testing.T) {
	for name, text := range map[string]any{
		"nobody":  workflow.Actor{User: "u", Role: workflow.Official},
		"no day":  workflow.Task{ID: "t"},
		"blocker": workflow.Blocker{Code: "c"},
	} {
		raw, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, member := range map[string][]string{
			"nobody": {`"on_behalf_of":null`}, "no day": {`"due_on":null`}, "blocker": {`"who":[]`, `"basis":""`},
		}[name] {
			if !strings.Contains(string(raw), member) {
				t.Errorf("%s lacks %s: %s", name, member, raw)
			}
		}
	}
}
