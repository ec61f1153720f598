package engine_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/workflow"
)

func TestASubstituteActsForTheAbsentAndTheRecordSaysSo(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "political_body", "Forum Miast", "SE", "organisation")
	decline := workflow.Command{Transition: "decline_invitation", Inputs: input(t, map[string]any{"reason": "Brak środków"})}
	var refusal *workflow.Refusal
	if _, err := h.Advance(t.Context(), as(h.lawyer), p.ID, decline); !errors.As(err, &refusal) || refusal.Kind != workflow.Forbidden {
		t.Fatalf("without a substitution: %v", err)
	}
	h.away(t, h.president, h.lawyer)
	actions, err := h.Explain(t.Context(), p, h.lawyer)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(actions, func(a workflow.Action) bool { return a.Transition == "decline_invitation" })
	if at < 0 || actions[at].OnBehalfOf != h.president.ID || slices.ContainsFunc(actions[at].BlockedBy, func(b workflow.Blocker) bool { return b.Code == "role" }) {
		t.Errorf("explained: %+v", actions)
	}
	rehearsed, err := h.Rehearse(t.Context(), as(h.lawyer), p.ID, decline)
	if err != nil || rehearsed.Act.Actor.OnBehalfOf != h.president.ID {
		t.Errorf("rehearsed: %v, %+v", err, rehearsed.Act.Actor)
	}
	made, err := h.Advance(t.Context(), as(h.lawyer), p.ID, decline)
	want := workflow.Actor{User: h.lawyer.ID, Role: workflow.President, OnBehalfOf: h.president.ID}
	if err != nil || made.Act.Actor != want {
		t.Fatalf("%v, %+v", err, made.Act.Actor)
	}
	if by := made.Proposal.LastBy["decline_invitation"]; !slices.Equal(by, []string{h.lawyer.ID, h.president.ID}) {
		t.Errorf("last by %v", by)
	}
}

func TestOnesOwnRolesComeFirst(t *testing.T) {
	h := open(t)
	other := h.member(t, "other.official", workflow.Official)
	h.away(t, other, h.official)
	p := h.proposal(t, "twin_city_agreement", "Porto", "PT", "city")
	propose := workflow.Command{Transition: "propose"}
	made, err := h.Rehearse(t.Context(), as(h.official), p.ID, propose)
	if err != nil || made.Act.Actor.OnBehalfOf != "" {
		t.Errorf("%v, %+v", err, made.Act.Actor)
	}
	named := h.official
	named.OnBehalfOf = other.ID
	made, err = h.Rehearse(t.Context(), as(named), p.ID, propose)
	if err != nil || made.Act.Actor.OnBehalfOf != other.ID {
		t.Errorf("named: %v, %+v", err, made.Act.Actor)
	}
	named.OnBehalfOf = h.lawyer.ID
	var refusal *workflow.Refusal
	if _, err := h.Advance(t.Context(), as(named), p.ID, propose); !errors.As(err, &refusal) || refusal.Kind != workflow.Forbidden || refusal.Blockers[0].Code != "no_substitution" {
		t.Errorf("on behalf of somebody who is there: %v", err)
	}
}

func TestFourEyesAreNotTwoRoles(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "eu_programme", "Interreg", "PT", "city")
	started, err := h.Advance(t.Context(), as(h.official), p.ID, workflow.Command{Transition: "start_analysis", Inputs: input(t, map[string]any{
		"programme": "Interreg Europa Środkowa", "call": "Nabór 1/2026", "city_role": "partner",
	})})
	if err != nil {
		t.Fatal(err)
	}
	h.away(t, h.president, h.official)
	h.attach(t, p.ID, h.official, "president_decision")
	_, err = h.Advance(t.Context(), as(h.official), started.Proposal.ID, workflow.Command{Transition: "decide_participation", Inputs: input(t, map[string]any{
		"own_contribution": "150000.00", "covered_in_budget": "yes",
	})})
	var refusal *workflow.Refusal
	if !errors.As(err, &refusal) || refusal.Kind != workflow.Blocked || refusal.Blockers[0].Code != "four_eyes" {
		t.Errorf("who started it decided for the President: %v", err)
	}
}

func TestWhatIsLentIsOneHopAndForItsDays(t *testing.T) {
	h := open(t)
	both := h.member(t, "both", workflow.President, workflow.Lawyer, workflow.Admin)
	set := h.away(t, both, h.official, workflow.Lawyer)
	h.away(t, h.official, h.secretariat)
	roles := func(of workflow.Person) map[string][]workflow.Role {
		t.Helper()
		standing, err := h.Standing(t.Context(), of)
		if err != nil || standing[0].ID != of.ID || standing[0].OnBehalfOf != "" {
			t.Fatalf("%v, %+v", err, standing)
		}
		found := map[string][]workflow.Role{}
		for _, as := range standing[1:] {
			found[as.OnBehalfOf] = as.Roles
		}
		return found
	}
	if got := roles(h.official); len(got) != 1 || !slices.Equal(got[both.ID], []workflow.Role{workflow.Lawyer}) {
		t.Errorf("lent to the substitute: %v", got)
	}
	if got := roles(h.secretariat); len(got) != 1 || !slices.Equal(got[h.official.ID], []workflow.Role{workflow.Official}) {
		t.Errorf("lent to the substitute's substitute: %v", got)
	}
	if _, err := h.DisablePerson(t.Context(), "both"); err != nil {
		t.Fatal(err)
	}
	if got := roles(h.official); len(got) != 0 {
		t.Errorf("somebody who left lends %v", got)
	}
	h.now.Store(set.Until.StartOf(time.UTC).Add(10 * time.Hour).Unix())
	if got := roles(h.secretariat); len(got) != 0 {
		t.Errorf("after the last day: %v", got)
	}
}

func TestASubstituteTakesTheTasksOfTheAbsent(t *testing.T) {
	h := open(t)
	task := h.invited(t)
	if _, err := h.Claim(t.Context(), as(h.president), task.ID); err != nil {
		t.Fatal(err)
	}
	h.away(t, h.president, h.lawyer)
	standing, err := h.Standing(t.Context(), h.lawyer)
	if err != nil || len(standing) != 2 {
		t.Fatal(standing, err)
	}
	for i, want := range []int{0, 1} {
		page, err := h.store.ListTasks(t.Context(), engine.TasksOf(standing[i]))
		if err != nil || len(page.Items) != want {
			t.Errorf("tasks of standing %d: %v, %+v", i, err, page.Items)
		}
	}
	claimed, err := h.Claim(t.Context(), as(h.lawyer), task.ID)
	if err != nil || claimed.Task.Assignee != h.lawyer.ID {
		t.Fatalf("%v, %+v", err, claimed.Task)
	}
	if _, err := h.Release(t.Context(), as(h.lawyer), task.ID); err != nil {
		t.Error(err)
	}
	if _, err := h.Assign(t.Context(), as(h.lawyer), task.ID, h.lawyer.ID); err != nil {
		t.Errorf("assigned to a substitute: %v", err)
	}
	second := h.member(t, "second.president", workflow.President)
	if _, err := h.Claim(t.Context(), as(second), task.ID); err == nil {
		t.Error("it was taken from the substitute")
	}
}

func TestASubstituteAttachesWhatCountsOnlyFromTheAbsent(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "twin_city_agreement", "Porto", "PT", "city")
	h.away(t, h.lawyer, h.official)
	if text := h.attach(t, p.ID, h.official, "agreement_text"); text.OnBehalfOf != "" || !slices.Contains(text.Roles, workflow.Official) {
		t.Errorf("one's own: %+v", text)
	}
	opinion := h.attach(t, p.ID, h.official, "legal_opinion")
	if opinion.OnBehalfOf != h.lawyer.ID || !slices.Equal(opinion.Roles, []workflow.Role{workflow.Lawyer}) || opinion.By != h.official.ID {
		t.Errorf("the lawyer's: %+v", opinion)
	}
}

func TestASubstituteWhoOnlyReadsDoesWhatTheAbsentMay(t *testing.T) {
	h := open(t)
	admin := h.member(t, "admin", workflow.Admin)
	h.away(t, h.official, admin)
	p := h.proposal(t, "twin_city_agreement", "Porto", "PT", "city")
	title := "Współpraca z Porto"
	for name, do := range map[string]func() error{
		"propose": func() error {
			_, err := h.Propose(t.Context(), as(admin), engine.NewProposal{Form: "sector_agreement", Title: "Współpraca", PartnerID: p.Partner.ID, Fields: []string{"culture"}})
			return err
		},
		"comment": func() error { _, err := h.Comment(t.Context(), as(admin), p.ID, "Uwaga"); return err },
		"amend":   func() error { _, err := h.Amend(t.Context(), as(admin), p.ID, engine.Patch{Title: &title}); return err },
		"partner": func() error {
			_, err := h.EnterPartner(t.Context(), as(admin), engine.NewPartner{Name: "Braga", Country: "PT", Kind: "city"})
			return err
		},
		"foresee": func() error {
			_, err := h.Foresee(t.Context(), as(admin), engine.NewProposal{Form: "twin_city_agreement", Title: "Współpraca", PartnerID: p.Partner.ID})
			return err
		},
	} {
		if err := do(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
