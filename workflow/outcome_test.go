package workflow_test

import (
	"testing"

	"hejnal/workflow"
)

func TestTheOutcomeOfAVoteIsKnownFromItsNumbersAlone(t *testing.T) {
	for name, test := range map[string]struct {
		form                   string
		cast, against, present int
		event                  string
	}{
		"more for than against carry an agreement":     {"sector_agreement", 12, 11, 23, "resolution_adopted"},
		"a tie rejects it":                             {"sector_agreement", 12, 12, 24, "resolution_rejected"},
		"21 present are no quorum":                     {"sector_agreement", 21, 0, 21, "quorum_not_reached"},
		"21 for are too few for a membership":          {"association_membership", 21, 0, 43, "majority_not_reached"},
		"22 for are enough whatever stands against it": {"association_membership", 22, 21, 43, "resolution_adopted"},
	} {
		t.Run(name, func(t *testing.T) {
			d, _ := office(t).InForce(test.form)
			result, ok := d.Outcome(d.Named("record_vote")[0], map[string]int{"for": test.cast, "against": test.against, "present": test.present})
			if !ok || result.Event != test.event {
				t.Errorf("%s (%v), want %s", result.Event, ok, test.event)
			}
		})
	}
}

func TestAnOutcomeThatRestsOnTheCaseIsNotToldInAdvance(t *testing.T) {
	for condition, told := range map[string]bool{"record.x": false, "proposal.round == 1": false, "constants.c == '1'": true, "city.composition > 40": true} {
		decide := workflow.TransitionSource{ID: "decide", Title: words, From: []string{"begun"}, Roles: []workflow.Role{workflow.Official}, Outcomes: []workflow.OutcomeSource{
			{When: condition, Event: "agreed", EventTitle: words, To: "done"}, {Event: "refused", EventTitle: words, To: "done"},
		}}
		d := compiled(t, form("begun done.", decide))
		if result, ok := d.Outcome(d.Named("decide")[0], nil); ok != told || told && result.Event != "agreed" {
			t.Errorf("%s: %+v, told %v", condition, result, ok)
		}
	}
}
