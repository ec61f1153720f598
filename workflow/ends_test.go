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

// council leads a case from its contacts to a numbered resolution.
var council = []string{
	"propose", "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote", "number_resolution",
}

// shortest are the ways to the goal that a stranger takes, and the state that each ends in.
var shortest = map[string]struct {
	walk  []string
	state string
}{
	"twin_city_agreement":    {slices.Concat(council, []string{"prepare_signing", "sign_agreement", "enter_into_force"}), "in_force"},
	"partnership_agreement":  {slices.Concat(council, []string{"prepare_signing", "sign_agreement", "enter_into_force"}), "in_force"},
	"sector_agreement":       {slices.Concat(council, []string{"prepare_signing", "sign_agreement", "enter_into_force"}), "in_force"},
	"honorary_twin_title":    {slices.Concat(council, []string{"confer_title", "present_title"}), "title_presented"},
	"association_membership": {slices.Concat(council, []string{"send_consent_file", "record_voivode_opinion", "grant_consent", "sign_accession", "record_admission"}), "member"},
	"informal_cooperation":   {[]string{"sign_working_document", "formalise"}, "formalised"},
	"eu_programme": {
		[]string{"start_analysis", "decide_participation", "submit_application", "record_award", "sign_grant_agreement", "start_implementation", "settle", "close"}, "closed",
	},
	"political_body": {[]string{"consent_to_participate", "appoint_representative", "start_participation", "file_report", "end_participation"}, "ended"},
}

func TestAStrangerWalksEveryFormToItsGoal(t *testing.T) {
	for _, form := range office(t).Forms() {
		t.Run(form, func(t *testing.T) {
			w := open(t, form)
			walk(t, w, shortest[form].walk...)
			if w.Proposal.State != shortest[form].state {
				t.Errorf("came to %s, want %s", w.Proposal.State, shortest[form].state)
			}
		})
	}
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
			forEachPlace(t, start, func(w *workflowtest.Walker) bool {
				for _, strand := range w.Definition.Strands() {
					delete(unseen, strand+": "+w.Proposal.StateOf(strand))
				}
				for _, act := range w.Acts {
					made[act.Transition+" "+act.From] = true
				}
				return false
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

// forEachPlace visits one case for each combination of states and followed variables that Explain alone leads to, until
// visit is content.
func forEachPlace(t *testing.T, start *workflowtest.Walker, visit func(*workflowtest.Walker) bool) {
	t.Helper()
	seen := map[string]bool{placeOf(start): true}
	queue := []*workflowtest.Walker{start}
	content := visit(start)
	for len(queue) > 0 && !content {
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
				content = content || visit(next)
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
