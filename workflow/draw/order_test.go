package draw_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hejnal/workflow"
	"hejnal/workflow/draw"
)

// written reads a graph of one strand: states ("x", a goal "x*", an end "x.") and steps "a>b".
func written(states, steps string) draw.Graph {
	graph := draw.Graph{Strands: []draw.Strand{{ID: workflow.Route}}}
	for _, state := range strings.Fields(states) {
		node := draw.Node{ID: strings.TrimRight(state, ".*"), Strand: workflow.Route, Kind: workflow.Open}
		switch {
		case strings.HasSuffix(state, "."):
			node.Kind = workflow.End
		case strings.HasSuffix(state, "*"):
			node.Kind = workflow.Goal
		}
		graph.Nodes = append(graph.Nodes, node)
	}
	for _, step := range strings.Fields(steps) {
		from, to, _ := strings.Cut(step, ">")
		graph.Edges = append(graph.Edges, draw.Edge{Strand: workflow.Route, From: from, To: to, Transition: step})
	}
	return graph
}

func TestRowsFollowTheStepsAndTheDefinition(t *testing.T) {
	cases := []struct {
		what, states, steps, start, rows, lane string
	}{
		{"a line", "a b c", "a>b b>c", "a", "a b c", ""},
		{"a line that is written backwards", "c b a", "a>b b>c", "a", "a b c", ""},
		{"the start is written last", "b c a", "a>b b>c", "a", "a b c", ""},
		{"a cycle keeps the written order", "a b c", "a>b b>c c>a", "a", "a b c", ""},
		{"a cycle that is entered in the middle", "b c a", "a>c c>b b>c", "a", "a b c", ""},
		{"a detour and back", "a with b", "a>with with>a a>b b>with", "a", "a with b", ""},
		{"branches that meet", "a d c b", "a>b a>c b>d c>d", "a", "a c b d", ""},
		{"a state that nothing leads to", "a x b", "a>b", "a", "a x b", ""},
		{"a step to itself", "a b", "a>a a>b", "a", "a b", ""},
		{"an end", "a x. b*", "a>b a>x b>x", "a", "a b", "x"},
		{"an end that leads to an end", "a x. y.", "a>x x>y", "a", "a", "x y"},
		{"an end that leads on", "a x. b", "a>x x>b", "a", "a x b", ""},
		{"ends alone", "x. y.", "x>y", "x", "x y", ""},
		{"a start that does not exist", "a b", "a>b", "none", "a b", ""},
		{"steps to states that do not exist", "a b", "a>none none>b", "a", "a b", ""},
		{"nothing", "", "", "a", "", ""},
	}
	for _, c := range cases {
		rows, lane := draw.Order(written(c.states, c.steps), workflow.Route, c.start)
		got := []string{strings.Join(rows, " "), strings.Join(lane, " ")}
		if diff := cmp.Diff([]string{c.rows, c.lane}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
}

func TestEveryStateHasOnePlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		graph := anyGraph(t)
		for _, strand := range graph.Strands {
			seen := map[string]int{}
			rows, lane := draw.Order(graph, strand.ID, strand.Start)
			for _, id := range append(rows, lane...) {
				seen[id]++
			}
			for _, node := range graph.Nodes {
				if node.Strand == strand.ID && seen[node.ID] != 1 {
					t.Errorf("%s stands in %d places", node.ID, seen[node.ID])
				}
			}
		}
	})
}
