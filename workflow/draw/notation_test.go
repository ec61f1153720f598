package draw_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"hejnal/workflow"
	"hejnal/workflow/draw"
)

// Each line of the notations has one of these shapes; in the place of a text stands nothing that could end it.
var (
	mermaidLine = regexp.MustCompile(`^( *(stateDiagram-v2|accTitle: [^:"]*|state "[^:"]*" as \w+( \{)?|\}|(\[\*\]|\w+) --> (\[\*\]|\w+)( : [^:"\[\]{}<>%]*)?))$`)
	dotLine     = regexp.MustCompile(`^( *(digraph hejnal \{|subgraph \w+ \{|\}|label="Q";( labelloc=t; rankdir=TB; fontname="Q";)?|(node|edge) \[[^\]]*\];|\w+ \[(label="Q"[^\]]*|shape=point, label="Q")\];|\w+ -> \w+ \[label="Q"\];))$`)
	dotString   = regexp.MustCompile(`"(?:[^"\\]|\\["\\])*"`)
)

func checkNotations(t *testing.T, graph draw.Graph) {
	t.Helper()
	edges := map[string]int{}
	for _, line := range strings.Split(strings.TrimSuffix(draw.Mermaid(graph, "pl"), "\n"), "\n") {
		if !mermaidLine.MatchString(line) || strings.Contains(regexp.MustCompile(`#\d+;`).ReplaceAllString(line, ""), ";") {
			t.Errorf("Mermaid would not read %q", line)
		}
		if strings.Contains(line, " : ") {
			edges["mermaid"]++
		}
	}
	for _, line := range strings.Split(strings.TrimSuffix(draw.DOT(graph, "pl"), "\n"), "\n") {
		bare := dotString.ReplaceAllString(line, `"Q"`)
		if !dotLine.MatchString(bare) {
			t.Errorf("Graphviz would not read %q", line)
		}
		if strings.Contains(bare, " -> ") {
			edges["dot"]++
		}
	}
	if edges["mermaid"] != len(graph.Edges) || edges["dot"] != len(graph.Edges) {
		t.Errorf("lines of edges: %v, edges: %d", edges, len(graph.Edges))
	}
}

func TestNotationsOfTheRealForms(t *testing.T) {
	for _, graph := range forms(t) {
		checkNotations(t, graph)
	}
}

func TestIDsThatLookAlikeStayApart(t *testing.T) {
	graph := sample()
	graph.Nodes[0].ID, graph.Nodes[1].ID = "a-b", "a.b"
	graph.Edges = []draw.Edge{{Strand: workflow.Route, From: "a-b", To: "a.b", Title: text("dalej", "on")}}
	if got := draw.Mermaid(graph, "pl"); !strings.Contains(got, "route_a_b --> route_a_b_2 : dalej") {
		t.Errorf("got\n%s", got)
	}
}

func FuzzNotations(f *testing.F) {
	for _, seed := range []string{"", "Żółć", `a"b`, "a: b; c", "[*] --> x", "] --> -> x", "a\nb", "\\", `\"`, "<br>", "%% note", "#35;", "{}", "\x00\xff", "\u2028"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		graph := sample()
		graph.Title.PL = text
		graph.Strands[1].Title.PL = text
		for i := range graph.Nodes {
			graph.Nodes[i].Title.PL = text
		}
		for i := range graph.Edges {
			graph.Edges[i].Title.PL = text
		}
		checkNotations(t, graph)
		if !utf8.ValidString(draw.SVG(graph, draw.Options{Lang: "pl"})) {
			t.Error("the drawing is no UTF-8")
		}
	})
}
