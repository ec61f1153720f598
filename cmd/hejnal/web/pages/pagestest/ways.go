package pagestest

import (
	"maps"
	"slices"

	"hejnal/cmd/hejnal/engine"
	"hejnal/workflow"
)

// Leg is one act of a way, with the event and the state that it is to lead to.
type Leg struct{ Transition, Event, To string }

// special are inputs that lead to an event which the first examples do not lead to, or that make a later one possible.
var special = map[string]Inputs{
	"resolution_rejected":          {"for": 5, "against": 30, "abstained": 0, "present": 35},
	"quorum_not_reached":           {"for": 1, "against": 0, "abstained": 0, "present": 5},
	"majority_not_reached":         {"for": 20, "against": 5, "abstained": 0, "present": 30},
	"ending_resolution_rejected":   {"for": 5, "against": 30, "abstained": 0, "present": 35},
	"refusal_upheld":               {"result": "upheld"},
	"ruling_upheld":                {"result": "upheld"},
	"agreement_entered_into_force": {"valid_until": "2027-03-01"},
}

// InputsFor are the inputs that make a leg lead to its event, beyond the first examples, of those that the action knows.
func (l Leg) InputsFor(action workflow.Action) Inputs {
	properties, _ := action.Inputs["properties"].(map[string]any)
	given := maps.Clone(special[l.Event])
	maps.DeleteFunc(given, func(name string, _ any) bool { return properties[name] == nil })
	return given
}

// later are transitions that are offered early too, to a City that is a member already, and the state in which a first
// episode makes them.
var later = map[string]string{"confirm_membership": "", "withdraw_membership": "member", "record_exclusion": "member", "record_dissolution": "member"}

// Ways plans a shortest way from the beginning of a form to every state of its route.
func Ways(definition *workflow.Definition) map[string][]Leg {
	ways := map[string][]Leg{definition.Start: nil}
	for queue := []string{definition.Start}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		for _, t := range definition.Transitions {
			if from, ok := later[t.ID]; ok && from != at {
				continue
			}
			if t.Strand != workflow.Route || t.Call != "" || !slices.Contains(t.From, at) {
				continue
			}
			for _, result := range t.Results() {
				if _, known := ways[result.To]; known || result.To == "=" {
					continue
				}
				ways[result.To] = append(slices.Clone(ways[at]), Leg{t.ID, result.Event, result.To})
				queue = append(queue, result.To)
			}
		}
	}
	return ways
}

// Opening makes of a new case one that can go the way: with two readings where the way leads through the first of them.
func Opening(way []Leg) func(*engine.NewProposal) {
	return func(asked *engine.NewProposal) {
		if slices.ContainsFunc(way, func(leg Leg) bool { return leg.To == "first_reading" }) {
			asked.Readings, asked.ReadingsReason = 2, "Projekt wymaga szerszej dyskusji."
		}
	}
}

// Bring opens a case of the form and brings it to a state of its route by a shortest way, past the pages.
func (h *House) Bring(form, state string, changes ...func(*engine.NewProposal)) string {
	h.t.Helper()
	definition, ok := h.Engine.Form(form)
	if !ok {
		h.t.Fatalf("there is no form %s", form)
	}
	way, ok := Ways(definition)[state]
	if !ok {
		h.t.Fatalf("no way of %s leads to %s", form, state)
	}
	id := h.Begin(form, append([]func(*engine.NewProposal){Opening(way)}, changes...)...)
	for _, leg := range way {
		action, _ := h.Action(id, leg.Transition, "auditor")
		if act := h.Do(id, leg.Transition, leg.InputsFor(action)); act.To != leg.To {
			h.t.Fatalf("%s led to %s, want %s", leg.Transition, act.To, leg.To)
		}
	}
	return id
}
