package engine_test

import (
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/workflow"
)

func input(t *testing.T, values map[string]any) map[string]json.RawMessage {
	t.Helper()
	raw := map[string]json.RawMessage{}
	for name, value := range values {
		text, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		raw[name] = text
	}
	return raw
}

func TestAProposalIsOpenedInACountryWhereFactsAreHeld(t *testing.T) {
	h := open(t)
	_, err := h.ImportLegacy(t.Context(), as(h.official), engine.Legacy{
		State: "in_force",
		NewProposal: engine.NewProposal{
			Form: "twin_city_agreement", Title: "Norymberga", Partner: &engine.NewPartner{Name: "Norymberga", Country: "DE", Kind: "city"},
		},
		Command: workflow.Command{Inputs: input(t, map[string]any{"source": "BIP", "confidence": "S"})},
	})
	if err != nil {
		t.Fatal(err)
	}
	p := h.proposal(t, "twin_city_agreement", "Drezno", "DE", "city")

	propose := workflow.Command{Transition: "propose"}
	_, err = h.Advance(t.Context(), as(h.official), p.ID, propose)
	var refusal *workflow.Refusal
	if !errors.As(err, &refusal) || refusal.Kind != workflow.Blocked || refusal.Blockers[0].Severity != workflow.Warn {
		t.Fatalf("a second twin city in the country went through without a word: %v", err)
	}
	propose.Justification = "Szczególne więzi historyczne"
	result, err := h.Advance(t.Context(), as(h.official), p.ID, propose)
	if err != nil {
		t.Fatal(err)
	}
	if result.Act.Justification == "" || len(result.Act.Warnings) != 1 {
		t.Errorf("the justification and the warning that it passed are not kept: %+v", result.Act)
	}
}

func TestOfTwoWhoMakeOneTransitionOneWins(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "informal_cooperation", "Bergen", "NO", "city")
	lapse := workflow.Command{Transition: "let_lapse", Inputs: input(t, map[string]any{"reason": "Brak odpowiedzi"})}
	var group sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		group.Go(func() { _, errs[i] = h.Advance(t.Context(), as(h.official), p.ID, lapse) })
	}
	group.Wait()
	won := 0
	for _, err := range errs {
		var refusal *workflow.Refusal
		switch {
		case err == nil:
			won++
		case !errors.As(err, &refusal) || refusal.Kind != workflow.NotHere:
			t.Errorf("the loser is not told that the state moved: %v", err)
		}
	}
	if won != 1 {
		t.Errorf("%d won", won)
	}
}

func TestAStaleVersionSaysWhoMovedTheCase(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "informal_cooperation", "Bergen", "NO", "city")
	note := workflow.Command{Transition: "record_contact", Inputs: input(t, map[string]any{"note": "Rozmowa"})}
	if _, err := h.Advance(t.Context(), as(h.president), p.ID, note); err != nil {
		t.Fatal(err)
	}
	request := as(h.official)
	request.Expect = p.Version
	_, err := h.Advance(t.Context(), request, p.ID, note)
	var moved *engine.MovedError
	if !errors.As(err, &moved) || moved.Last.Actor.User != h.president.ID || moved.Proposal.Version != p.Version+1 {
		t.Fatalf("got %v", err)
	}
}

func TestPersonalValuesStayOutOfTheEventAndComeBackToReaders(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "informal_cooperation", "Bergen", "NO", "city")
	secret := "Notatka z nazwiskiem Kowalskiej"
	result, err := h.Advance(t.Context(), as(h.official), p.ID, workflow.Command{
		Transition: "record_contact", Inputs: input(t, map[string]any{"note": "Rozmowa"}), Comment: secret, Justification: secret,
	})
	if err != nil {
		t.Fatal(err)
	}
	record, err := h.store.Entry(t.Context(), result.Act.ID)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(record.Text), "Kowalskiej") || !strings.Contains(string(record.Text), "sha256:") {
		t.Errorf("the event holds the remark: %s", record.Text)
	}
	if record.Pos != result.Act.Pos {
		t.Errorf("committed at %d, said to be at %d", record.Pos, result.Act.Pos)
	}
	act, err := engine.ReadAct(record)
	if err != nil {
		t.Fatal(err)
	}
	if act.Comment != secret || act.Justification != secret {
		t.Errorf("the reader gets %q and %q", act.Comment, act.Justification)
	}
}

func TestFormalisingOpensTheLinkedCaseInTheSameCommit(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "informal_cooperation", "Bergen", "NO", "city")
	result, err := h.Advance(t.Context(), as(h.official), p.ID, workflow.Command{
		Transition: "formalise", Inputs: input(t, map[string]any{"target_form": "sector_agreement", "title": "Umowa branżowa z Bergen"}),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Opened) != 1 {
		t.Fatalf("opened %d cases", len(result.Opened))
	}
	opened, err := h.store.Case(t.Context(), result.Opened[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if opened.Form != "sector_agreement" || opened.Number == "" || opened.Partner.ID != p.Partner.ID || opened.Links[0].ProposalID != p.ID {
		t.Errorf("opened %+v", opened)
	}
	parent, err := h.store.Case(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	if parent.State != "formalised" || parent.Links[0].ProposalID != opened.ID {
		t.Errorf("the parent is %s with links %v", parent.State, parent.Links)
	}
}

func TestARefusalLeavesNoTrace(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "association_membership", "Energy Cities", "FR", "organisation")
	before := h.head(t)
	for name, command := range map[string]workflow.Command{
		"unknown transition": {Transition: "conquer"},
		"wrong role":         {Transition: "register_print"},
		"not offered":        {Transition: "complete_draft"},
		"missing inputs":     {Transition: "propose"},
		"blocked": {Transition: "propose", Inputs: input(t, map[string]any{
			"international_association": "no", "hands_over_tasks_or_property": "no", "answer_reason": "Związek krajowy",
		})},
	} {
		if _, err := h.Advance(t.Context(), as(h.official), p.ID, command); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	after, err := h.store.Case(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	if h.head(t) != before || after.Version != p.Version {
		t.Errorf("head %d → %d, version %d → %d", before, h.head(t), p.Version, after.Version)
	}
}

func TestRehearsingCommitsNothing(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "informal_cooperation", "Bergen", "NO", "city")
	before := h.head(t)
	result, err := h.Rehearse(t.Context(), as(h.official), p.ID, workflow.Command{
		Transition: "let_lapse", Inputs: input(t, map[string]any{"reason": "Brak odpowiedzi"}),
	})
	if err != nil || result.Proposal.State != "lapsed" {
		t.Fatalf("%v, %s", err, result.Proposal.State)
	}
	if h.head(t) != before {
		t.Error("a rehearsal was committed")
	}
}

func TestNoTwoMembershipsOfOneAssociationRunAtOnce(t *testing.T) {
	h := open(t)
	_, err := h.ImportLegacy(t.Context(), as(h.official), engine.Legacy{
		State: "member",
		NewProposal: engine.NewProposal{
			Form: "association_membership", Title: "EUROCITIES", Partner: &engine.NewPartner{Name: "EUROCITIES", Country: "BE", Kind: "organisation"},
		},
		Command: workflow.Command{Inputs: input(t, map[string]any{"source": "K-EURO25", "confidence": "S"})},
	})
	if err != nil {
		t.Fatal(err)
	}
	p := h.proposal(t, "association_membership", "Eurocities", "BE", "organisation")
	_, err = h.Advance(t.Context(), as(h.official), p.ID, workflow.Command{Transition: "propose", Inputs: input(t, map[string]any{
		"international_association": "yes", "hands_over_tasks_or_property": "no", "answer_reason": "Zrzeszenie miast Europy",
	})})
	var refusal *workflow.Refusal
	if !errors.As(err, &refusal) || refusal.Kind != workflow.Blocked {
		t.Fatalf("a second episode was let in: %v", err)
	}
}

func TestWithoutAVersionALostRaceIsDecidedAgain(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "informal_cooperation", "Bergen", "NO", "city")
	note := workflow.Command{Transition: "record_contact", Inputs: input(t, map[string]any{"note": "Rozmowa"})}
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			if _, err := h.Advance(t.Context(), as(h.official), p.ID, note); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	after, err := h.store.Case(t.Context(), p.ID)
	if err != nil || after.Seq != p.Seq+50 {
		t.Errorf("%v: seq %d after %d", err, after.Seq, p.Seq)
	}
}
