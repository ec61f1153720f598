package engine_test

import (
	"encoding/json"
	"errors"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/workflow"
)

func TestAmendedDataKeepOldAndNewValues(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "sector_agreement", "Turyn", "IT", "city")
	title, fields := "Umowa branżowa z Turynem", []string{"environment"}
	result, err := h.Amend(t.Context(), as(h.official), p.ID, engine.Patch{Title: &title, Fields: &fields})
	if err != nil {
		t.Fatal(err)
	}
	var change struct{ Old, New string }
	if err := json.Unmarshal(result.Act.Inputs["title"], &change); err != nil {
		t.Fatal(err)
	}
	if change.Old != p.Title || change.New != title || result.Act.Event != "data_amended" || result.Proposal.Version != p.Version+1 {
		t.Errorf("kept %+v, event %s, version %d", change, result.Act.Event, result.Proposal.Version)
	}
}

func TestWhatWasJudgedAtProposalIsFrozen(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "sector_agreement", "Turyn", "IT", "city")
	one, two := []string{"environment"}, []string{"environment", "sport"}
	if _, err := h.Amend(t.Context(), as(h.official), p.ID, engine.Patch{Fields: &one}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Advance(t.Context(), as(h.official), p.ID, workflow.Command{Transition: "propose"}); err != nil {
		t.Fatal(err)
	}
	_, err := h.Amend(t.Context(), as(h.official), p.ID, engine.Patch{Fields: &two})
	var refusal *workflow.Refusal
	if !errors.As(err, &refusal) || refusal.Kind != workflow.Blocked || refusal.Blockers[0].Code != "frozen_fields" {
		t.Fatalf("got %v", err)
	}
}

func TestAmendingNeedsAnOfficialAndAChange(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "sector_agreement", "Turyn", "IT", "city")
	for name, attempt := range map[string]struct {
		by    workflow.Person
		title string
		want  workflow.Kind
	}{
		"a president": {h.president, "Inny tytuł", workflow.Forbidden},
		"no change":   {h.official, p.Title, workflow.Invalid},
		"no title":    {h.official, "  ", workflow.Invalid},
	} {
		_, err := h.Amend(t.Context(), as(attempt.by), p.ID, engine.Patch{Title: &attempt.title})
		var refusal *workflow.Refusal
		if !errors.As(err, &refusal) || refusal.Kind != attempt.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestACorrectionIsANewEntryThatPointsAtTheOld(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "informal_cooperation", "Bergen", "NO", "city")
	noted, err := h.Advance(t.Context(), as(h.president), p.ID, workflow.Command{
		Transition: "record_contact", Inputs: input(t, map[string]any{"note": "Spotkanie z burmistrzen"}),
	})
	if err != nil {
		t.Fatal(err)
	}
	correct := workflow.Command{Transition: "correct_entry", Inputs: input(t, map[string]any{
		"corrects": noted.Act.ID, "field": "/inputs/note", "value": "Spotkanie z burmistrzem", "reason": "Omyłka pisarska",
	})}
	var refusal *workflow.Refusal
	if _, err := h.Advance(t.Context(), as(h.lawyer), p.ID, correct); !errors.As(err, &refusal) || refusal.Kind != workflow.Blocked {
		t.Errorf("a lawyer corrected a President's entry: %v", err)
	}
	result, err := h.Advance(t.Context(), as(h.official), p.ID, correct)
	if err != nil {
		t.Fatal(err)
	}
	if result.Proposal.State != "contacts" || result.Act.Seq != noted.Act.Seq+1 {
		t.Errorf("the correction moved the case to %s, seq %d", result.Proposal.State, result.Act.Seq)
	}
	other := h.proposal(t, "informal_cooperation", "Oslo", "NO", "city")
	if _, err := h.Advance(t.Context(), as(h.official), other.ID, correct); !errors.As(err, &refusal) || refusal.Kind != workflow.Invalid {
		t.Errorf("an entry of another case was corrected: %v", err)
	}
}
