package web_test

import (
	"testing"
)

func TestTheOutcomeOfAVoteIsDecidedByItsNumbers(t *testing.T) {
	h := newHouse(t)
	s := stranger{house: h, t: t}
	toVote := []string{"propose", "complete_draft", "submit_to_council", "register_print", "place_on_agenda"}
	ready := map[string]string{}
	for _, form := range []string{"association_membership", "sector_agreement"} {
		path := h.begin(form)
		for _, transition := range toVote {
			s.step(path, transition, "")
		}
		ready[form] = path
	}
	votes := []struct {
		name, form, event string
		inputs            object
	}{
		{"21 votes for a membership", "association_membership", "majority_not_reached", vote(21, 10, 12, 43)},
		{"22 votes for a membership", "association_membership", "resolution_adopted", vote(22, 21, 0, 43)},
		{"21 votes for an agreement", "sector_agreement", "resolution_adopted", vote(21, 10, 12, 43)},
		{"a tie", "sector_agreement", "resolution_rejected", vote(20, 20, 3, 43)},
		{"21 present", "sector_agreement", "quorum_not_reached", vote(21, 0, 0, 21)},
		{"22 present", "sector_agreement", "resolution_adopted", vote(22, 0, 0, 22)},
	}
	for _, v := range votes {
		t.Run(v.name, func(t *testing.T) {
			head := h.head()
			answer := h.post(ready[v.form]+"/transitions", "secretariat", object{"transition": "record_vote", "inputs": v.inputs, "dry_run": true}).want(t, 200)
			if answer.str("event") != v.event || answer.object["id"] != nil || answer.object["pos"] != nil {
				t.Errorf("would be %s, want %s: %s", answer.str("event"), v.event, answer.text)
			}
			if h.head() != head {
				t.Error("a rehearsal changed something")
			}
		})
	}
	for name, inputs := range map[string]object{
		"46 votes of 43": vote(46, 0, 0, 46), "more votes than present": vote(20, 10, 5, 30), "a negative number": vote(-1, 10, 5, 30),
	} {
		refuse(t, h, ready["sector_agreement"], []attempt{{
			name, advancing("secretariat", object{"transition": "record_vote", "inputs": inputs}), 422, "invalid", "", nil,
		}})
	}
}

func vote(in, against, abstained, present int) object {
	return object{"for": in, "against": against, "abstained": abstained, "present": present}
}
