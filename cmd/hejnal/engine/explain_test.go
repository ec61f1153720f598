package engine_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"

	"hejnal/workflow"
	"hejnal/workflow/workflowtest"
)

// explained finds what the house explains of a transition of a case to a person.
func (h *house) explained(t *testing.T, p workflow.Proposal, transition string, person workflow.Person) workflow.Action {
	t.Helper()
	actions, err := h.Explain(t.Context(), p, person)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(actions, func(action workflow.Action) bool { return action.Transition == transition })
	if i < 0 {
		t.Fatalf("%s is not explained", transition)
	}
	return actions[i]
}

// TestWhoMayCorrectIsExplainedAsItIsDecided follows the last entry from one role to another: whoever may correct it is told
// so, and the others are refused by what was explained.
func TestWhoMayCorrectIsExplainedAsItIsDecided(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "informal_cooperation", "Bergen", "NO", "city")
	note := workflow.Command{Transition: "record_contact", Inputs: input(t, map[string]any{"note": "Spotkanie z burmistrzem"})}
	people := map[string]workflow.Person{"official": h.official, "president": h.president, "lawyer": h.lawyer, "auditor": h.auditor}
	for _, last := range []struct {
		by    workflow.Person
		stops map[string][]string // by whom a correction is refused, and the codes
		who   []workflow.Role     // could make it
	}{
		{h.president, map[string][]string{"lawyer": {"not_your_entry"}, "auditor": {"role", "not_your_entry"}}, []workflow.Role{workflow.President, workflow.Official}},
		{h.official, map[string][]string{
			"president": {"not_your_entry"}, "lawyer": {"not_your_entry"}, "auditor": {"role", "not_your_entry"},
		}, []workflow.Role{workflow.Official}},
	} {
		noted, err := h.Advance(t.Context(), as(last.by), p.ID, note)
		if err != nil {
			t.Fatal(err)
		}
		for name, person := range people {
			action := h.explained(t, noted.Proposal, "correct_entry", person)
			var codes []string
			for _, blocker := range action.BlockedBy {
				if codes = append(codes, blocker.Code); blocker.Code == "not_your_entry" && !cmp.Equal(blocker.Who, last.who) {
					t.Errorf("%s after %v: %v could correct the entry, explained are %v", name, last.by.Roles, last.who, blocker.Who)
				}
			}
			if diff := cmp.Diff(last.stops[name], codes); diff != "" || action.Allowed != (codes == nil) {
				t.Errorf("%s after %v: allowed %v, blocked otherwise:\n%s", name, last.by.Roles, action.Allowed, diff)
			}
			_, err := h.Rehearse(t.Context(), as(person), p.ID, workflow.Command{
				Transition: "correct_entry", Inputs: input(t, workflowtest.FirstExamples(action)),
			})
			refusal := &workflow.Refusal{}
			if err != nil && !errors.As(err, &refusal) {
				t.Fatal(err)
			}
			if diff := cmp.Diff(refusal.Blockers, action.BlockedBy, cmpopts.EquateEmpty()); diff != "" && refusal.Kind != workflow.Forbidden {
				t.Errorf("%s after %v: decided otherwise than explained:\n%s", name, last.by.Roles, diff)
			}
		}
	}
}

func TestAnEntryThatIsNotCommittedYetSaysNothingAgainstACorrection(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "sector_agreement", "Turyn", "IT", "city")
	if p.LastAct = uuid.NewString(); !h.explained(t, p, "correct_entry", h.lawyer).Allowed {
		t.Error("nobody knows whose entry it is, and a lawyer is told that it is not theirs")
	}
}
