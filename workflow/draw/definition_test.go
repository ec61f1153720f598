package draw_test

import (
	"slices"
	"testing"

	"hejnal/workflow"
	"hejnal/workflow/draw"
)

func find(graph draw.Graph, transition string) []draw.Edge {
	var found []draw.Edge
	for _, edge := range graph.Edges {
		if edge.Transition == transition {
			found = append(found, edge)
		}
	}
	return found
}

func TestTheGraphOfADefinition(t *testing.T) {
	graph := forms(t)["twin_city_agreement"]
	if graph.Strands[0] != (draw.Strand{ID: workflow.Route, Start: "contacts"}) {
		t.Errorf("the first strand is %+v", graph.Strands[0])
	}
	if i := slices.IndexFunc(graph.Strands, func(s draw.Strand) bool { return s.ID == "supervision" }); i < 1 || !graph.Strands[i].Title.Complete() {
		t.Errorf("the tracks are %+v", graph.Strands)
	}
	if i := slices.IndexFunc(graph.Nodes, func(n draw.Node) bool { return n.ID == "in_force" }); i < 0 || graph.Nodes[i].Kind != workflow.Goal {
		t.Error("the goal is not drawn as one")
	}
}

func TestOutcomesAreStepsOfTheirOwn(t *testing.T) {
	to := map[string]string{}
	for _, edge := range find(forms(t)["twin_city_agreement"], "record_vote") {
		if edge.Strand == workflow.Route {
			to[edge.Event] = edge.To
		}
	}
	want := map[string]string{"quorum_not_reached": "print_registered", "resolution_adopted": "resolution_adopted", "resolution_rejected": "resolution_rejected"}
	for event, state := range want {
		if to[event] != state {
			t.Errorf("%s leads to %q, want %s", event, to[event], state)
		}
	}
}

func TestWhatLeadsNowhereElseIsLeftOut(t *testing.T) {
	for form, graph := range forms(t) {
		for _, transition := range []string{"open", "amend_data", "correct_entry", "import_legacy"} {
			if edges := find(graph, transition); len(edges) > 0 {
				t.Errorf("%s draws %+v", form, edges)
			}
		}
	}
}

func TestARouteThatSetsATrackShowsInTheTrack(t *testing.T) {
	graph := forms(t)["twin_city_agreement"]
	if !slices.ContainsFunc(find(graph, "record_vote"), func(e draw.Edge) bool { return e.Strand == "supervision" && e.From == "" && e.To == "to_deliver" }) {
		t.Error("nothing leads to the delivery")
	}
}

func TestAStepThatStaysLeadsBackToItsState(t *testing.T) {
	for _, edge := range find(forms(t)["informal_cooperation"], "record_contact") {
		if edge.From == "" || edge.From != edge.To {
			t.Errorf("record_contact leads from %q to %q", edge.From, edge.To)
		}
	}
}
