package actform_test

import (
	"encoding/json"
	"net/url"
	"testing"

	"hejnal/cmd/hejnal/web/pages/actform"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

// rollCall is a transition that asks for a list of votes.
func rollCall() (*workflow.Transition, workflow.Action) {
	t := &workflow.Transition{TransitionSource: workflow.TransitionSource{ID: "vote", Inputs: []workflow.InputSource{{
		Name: "roll", Type: "records", Fields: []workflow.InputSource{{Name: "who", Type: "text"}, {Name: "vote", Type: "choice"}},
	}}}}
	vote := map[string]any{"enum": []any{"abstained", "not_voting", "absent"}, "x-values": map[string]workflow.Text{
		"abstained": {PL: "Wstrzymał(a) się", EN: "Abstained"}, "not_voting": {PL: "Obecny(-a), nie głosował(a)", EN: "Present, did not vote"},
		"absent": {PL: "Nieobecny(-a)", EN: "Absent"},
	}}
	items := map[string]any{"properties": map[string]any{"vote": vote, "who": map[string]any{}}}
	return t, workflow.Action{Inputs: map[string]any{"properties": map[string]any{"roll": map[string]any{"items": items}}}}
}

func TestAVoteIsReadAsPeopleWriteIt(t *testing.T) {
	for written, want := range map[string]string{
		"Wstrzymał się": "abstained", "WSTRZYMAŁA SIĘ": "abstained", "wstrzymał(a) się": "abstained", "abstained": "abstained", "Abstained": "abstained",
		"nieobecny": "absent", "Nieobecna": "absent", "nie głosowała": "not_voting", "obecna": "not_voting", "did not vote": "not_voting", "może": "może",
	} {
		transition, action := rollCall()
		for _, separator := range []string{"; ", "\t"} {
			sent := frame.Sent{Values: url.Values{"in.roll": {"\nJan Kowalski" + separator + written + "\n\n"}}}
			command := actform.Command(transition, action, sent)
			var records []map[string]string
			if err := json.Unmarshal(command.Inputs["roll"], &records); err != nil || len(records) != 1 {
				t.Fatalf("%s: %s, %v", written, command.Inputs["roll"], err)
			}
			if records[0]["vote"] != want || records[0]["who"] != "Jan Kowalski" {
				t.Errorf("%s is read as %v, want %s", written, records[0], want)
			}
		}
	}
}
