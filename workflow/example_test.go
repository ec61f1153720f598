package workflow_test

import (
	"encoding/json"
	"fmt"

	"hejnal/workflow"
	"hejnal/workflow/workflowtest"
)

// The engine, and not the clerk, decides the outcome of a vote.
func ExampleDecide() {
	office, err := workflowtest.NewOffice()
	if err != nil {
		fmt.Println(err)
		return
	}
	w, err := office.Open("twin_city_agreement")
	if err == nil {
		err = w.Walk("propose", "complete_draft", "submit_to_council", "register_print", "place_on_agenda")
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	change, refusal := workflow.Decide(w.Case(), workflow.Command{
		Transition: "record_vote",
		By:         workflow.Person{ID: "kancelaria", Roles: []workflow.Role{workflow.Secretariat}},
		Inputs: map[string]json.RawMessage{
			"for": json.RawMessage(`21`), "against": json.RawMessage(`9`), "abstained": json.RawMessage(`0`), "present": json.RawMessage(`30`),
		},
	})
	if refusal != nil {
		fmt.Println(refusal)
		return
	}
	fmt.Println(change.Act.Event, "→", change.After.State, change.After.Tracks)
	// Output: resolution_adopted → resolution_adopted map[publication:to_publish supervision:to_deliver]
}

// Explain says what is possible, and what stands against the rest.
func ExampleExplain() {
	office, err := workflowtest.NewOffice()
	if err != nil {
		fmt.Println(err)
		return
	}
	w, err := office.Open("eu_programme")
	if err == nil {
		err = w.Walk("start_analysis")
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, action := range workflow.Explain(w.Case(), workflow.Person{ID: "official-1", Roles: []workflow.Role{workflow.Official}}) {
		fmt.Println(action.Transition, action.Allowed)
		for _, blocker := range action.BlockedBy {
			fmt.Println("  ", blocker.Message.EN)
		}
	}
	// Output:
	// decide_participation false
	//    Your role cannot make the transition “Decide on participation”. Who can: President.
	//    A document is missing: President's decision (president_decision) or President's ordinance (president_ordinance).
	//    Four eyes: whoever made “Start the analysis” cannot make “Decide on participation”. Another person must do it.
	// abandon false
	//    Your role cannot make the transition “Abandon”. Who can: President.
	// correct_entry true
}

// Verify shows the shortest way that breaks a definition.
func ExampleVerify() {
	text := workflow.Text{PL: "…", EN: "…"}
	definition, findings := workflow.Compile(workflow.Source{
		Form: "promise", Version: 1, Title: text, Summary: text, Basis: "art. 1", Start: "idea",
		City: workflow.City{Composition: 43, Stages: []workflow.Code{{ID: "life", Title: text}}},
		Part: workflow.Part{
			States: []workflow.StateSource{
				{ID: "idea", Stage: "life", Kind: workflow.Open, Title: text},
				{ID: "kept", Stage: "life", Kind: workflow.End, Title: text},
				{ID: "forgotten", Stage: "life", Kind: workflow.Open, Title: text},
			},
			Transitions: []workflow.TransitionSource{
				{ID: "keep", Title: text, From: []string{"idea"}, To: "kept", Roles: []workflow.Role{workflow.President}, Event: "kept"},
				{ID: "forget", Title: text, From: []string{"idea"}, To: "forgotten", Roles: []workflow.Role{workflow.President}, Event: "forgotten"},
			},
		},
	})
	for _, finding := range append(findings, workflow.Verify(definition)...) {
		fmt.Println(finding.Message, finding.Steps)
	}
	// Output: from forgotten no end of the route can be reached [forget → forgotten]
}
