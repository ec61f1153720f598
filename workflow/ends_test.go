package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"hejnal/workflow"
	"hejnal/workflow/workflowtest"
)

// variants are further inputs that lead to outcomes which the first examples do not.
var variants = map[string][]workflowtest.Inputs{
	"record_vote":              {{"for": 5, "against": 30}, {"for": 1, "against": 0, "abstained": 0, "present": 5}, {"for": 20, "against": 5, "abstained": 0, "present": 30}},
	"record_ending_resolution": {{"for": 5, "against": 30}},
	"record_judgment":          {{"result": "upheld"}},
	"record_court_judgment":    {{"result": "upheld"}},
}

// TestEveryFormIsWalkedWholeByExplainAlone walks each form breadth first, using nothing but what Explain answers, and
// expects to see every state of the route and of each track, and every transition made.
func TestEveryFormIsWalkedWholeByExplainAlone(t *testing.T) {
	for _, form := range office(t).Forms() {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			start := open(t, form, twoReadings)
			unseen, made := map[string]bool{}, map[string]bool{}
			for _, state := range start.Definition.States {
				unseen[state.Strand+": "+state.ID] = true
			}
			forEachPlace(t, start, func(w *workflowtest.Walker) {
				for _, strand := range w.Definition.Strands() {
					delete(unseen, strand+": "+w.Proposal.StateOf(strand))
				}
				for _, act := range w.Acts {
					made[act.Transition+" "+act.From] = true
				}
			})
			for state := range unseen {
				t.Errorf("never came to %s", state)
			}
			for _, transition := range start.Definition.Transitions {
				if transition.Call == "" && !slices.ContainsFunc(transition.From, func(from string) bool { return made[transition.ID+" "+from] }) {
					t.Errorf("%s was never made from any of %s", transition.ID, strings.Join(transition.From, ", "))
				}
			}
		})
	}
}

func twoReadings(written *workflow.NewCase) {
	written.Readings, written.ReadingsReason = 2, "Złożony projekt"
}

// forEachPlace visits one case for each combination of states and followed variables that Explain alone leads to.
func forEachPlace(t *testing.T, start *workflowtest.Walker, visit func(*workflowtest.Walker)) {
	t.Helper()
	seen := map[string]bool{placeOf(start): true}
	queue := []*workflowtest.Walker{start}
	visit(start)
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, transition := range at.Offered() {
			for _, inputs := range append([]workflowtest.Inputs{{}}, variants[transition]...) {
				next := at.Clone()
				change, err := next.Do(transition, inputs)
				if err != nil {
					continue
				}
				if change.After.Seq != at.Proposal.Seq+1 {
					t.Fatalf("%s: seq %d after %d", transition, change.After.Seq, at.Proposal.Seq)
				}
				visit(next)
				if place := placeOf(next); !seen[place] {
					seen[place] = true
					queue = append(queue, next)
				}
			}
		}
	}
}

// placeOf names where a case stands as far as the ways open to it depend on it; publication is told apart only while
// nothing has moved supervision.
func placeOf(w *workflowtest.Walker) string {
	place := []string{w.Proposal.State, w.Proposal.Tracks["supervision"]}
	if w.Proposal.Tracks["supervision"] == "to_deliver" {
		place = append(place, w.Proposal.Tracks["publication"])
	}
	for _, variable := range []string{"numbered", "ending_adopted", "admitted", "first_reading_held"} {
		if w.Proposal.Record[variable] == true {
			place = append(place, variable)
		}
	}
	if w.Proposal.Record["valid_until"] != nil && w.Proposal.Record["valid_until"] != "" {
		place = append(place, "valid_until")
	}
	return strings.Join(place, " ")
}
