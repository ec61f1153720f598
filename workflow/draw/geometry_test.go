package draw_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"hejnal/workflow"
	"hejnal/workflow/draw"
	"hejnal/workflow/language"
)

func overlap(a, b draw.Rect) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

func inside(a, canvas draw.Rect) bool {
	return a.X >= 0 && a.Y >= 0 && a.X+a.W <= canvas.W && a.Y+a.H <= canvas.H
}

// crosses reports whether a line runs through a rectangle; it may touch its border.
func crosses(s draw.Segment, r draw.Rect) bool {
	const border = 0.5
	line := draw.Rect{X: min(s.X1, s.X2), Y: min(s.Y1, s.Y2), W: max(s.X1, s.X2) - min(s.X1, s.X2), H: max(s.Y1, s.Y2) - min(s.Y1, s.Y2)}
	return line.X < r.X+r.W-border && r.X+border < line.X+line.W && line.Y < r.Y+r.H-border && r.Y+border < line.Y+line.H ||
		line.H == 0 && line.Y > r.Y+border && line.Y < r.Y+r.H-border && line.X < r.X+r.W-border && line.X+line.W > r.X+border ||
		line.W == 0 && line.X > r.X+border && line.X < r.X+r.W-border && line.Y < r.Y+r.H-border && line.Y+line.H > r.Y+border
}

// covers reports whether lines of different bundles lie on each other for a part of their way.
func covers(a, b draw.Segment) bool {
	const touch = 0.5
	if a.ArrivalX == b.ArrivalX && a.ArrivalY == b.ArrivalY {
		return false
	}
	upright := a.X1 == a.X2 && b.X1 == b.X2 && a.X1 == b.X1 &&
		max(min(a.Y1, a.Y2), min(b.Y1, b.Y2)) < min(max(a.Y1, a.Y2), max(b.Y1, b.Y2))-touch
	level := a.Y1 == a.Y2 && b.Y1 == b.Y2 && a.Y1 == b.Y1 &&
		max(min(a.X1, a.X2), min(b.X1, b.X2)) < min(max(a.X1, a.X2), max(b.X1, b.X2))-touch
	return upright || level
}

// checkGeometry returns what is wrong with the places of a drawing.
func checkGeometry(g draw.Graph, lang string) []string {
	canvas, boxes, labels, texts, segments := draw.Geometry(g, lang)
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	for i, box := range boxes {
		if !inside(box, canvas) {
			say("box %+v lies outside %+v", box, canvas)
		}
		for _, other := range boxes[:i] {
			if overlap(box, other) {
				say("boxes overlap: %+v and %+v", box, other)
			}
		}
		for _, s := range segments {
			if crosses(s, box) {
				say("line %+v runs through box %+v", s, box)
			}
		}
	}
	for i, label := range labels {
		if !inside(label, canvas) {
			say("label %+v lies outside %+v", label, canvas)
		}
		for _, other := range append(append([]draw.Rect{}, boxes...), labels[:i]...) {
			if overlap(label, other) {
				say("label overlaps: %+v and %+v", label, other)
			}
		}
		for _, s := range segments {
			if crosses(s, label) {
				say("line %+v runs through label %+v", s, label)
			}
		}
	}
	for _, text := range texts {
		if text.W > draw.BoxTextWidth {
			say("text %q is wider than its box", text.What)
		}
	}
	for i, s := range segments {
		for _, other := range segments[:i] {
			if covers(s, other) {
				say("lines to different places run in one: %+v and %+v", s, other)
			}
		}
		if !inside(draw.Rect{X: min(s.X1, s.X2), Y: min(s.Y1, s.Y2)}, canvas) || !inside(draw.Rect{X: max(s.X1, s.X2), Y: max(s.Y1, s.Y2)}, canvas) {
			say("line %+v leaves %+v", s, canvas)
		}
		if s.X1 != s.X2 && s.Y1 != s.Y2 {
			say("line %+v is slanted", s)
		}
	}
	return wrong
}

// forms are the graphs of the definitions of the program.
func forms(t *testing.T) map[string]draw.Graph {
	t.Helper()
	set, err := language.Load(workflow.Definitions)
	if err != nil {
		t.Fatal(err)
	}
	graphs := map[string]draw.Graph{}
	for _, source := range set.Forms() {
		definition, findings := workflow.Compile(source)
		if len(findings) > 0 {
			t.Fatalf("%s: %+v", source.Form, findings)
		}
		graphs[source.Form] = draw.FromDefinition(definition)
	}
	return graphs
}

func TestNothingOverlapsInTheRealForms(t *testing.T) {
	for form, graph := range forms(t) {
		for _, lang := range []string{"pl", "en"} {
			for _, wrong := range checkGeometry(graph, lang) {
				t.Errorf("%s (%s): %s", form, lang, wrong)
			}
		}
	}
}

func TestNothingOverlapsInAnyGraph(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if wrong := checkGeometry(anyGraph(t), "pl"); len(wrong) > 0 {
			t.Fatalf("%d mistakes, the first: %s", len(wrong), wrong[0])
		}
	})
}

// anyGraph draws a graph of up to three strands, connected in whichever way.
func anyGraph(t *rapid.T) draw.Graph {
	title := rapid.StringOfN(rapid.RuneFrom([]rune("abc żółw MWŻ ij\"<&\n")), 0, 60, -1)
	text := func(what string) workflow.Text { return workflow.Text{PL: title.Draw(t, what), EN: "x"} }
	graph := draw.Graph{Title: text("title")}
	for s := range rapid.IntRange(1, 3).Draw(t, "strands") {
		strand := fmt.Sprintf("s%d", s)
		states := rapid.IntRange(1, 12).Draw(t, "states")
		graph.Strands = append(graph.Strands, draw.Strand{ID: strand, Title: text("strand"), Start: fmt.Sprintf("n%d", rapid.IntRange(0, states).Draw(t, "start"))})
		for n := range states {
			kind := rapid.SampledFrom([]string{workflow.Open, workflow.Goal, workflow.End}).Draw(t, "kind")
			graph.Nodes = append(graph.Nodes, draw.Node{ID: fmt.Sprintf("n%d", n), Strand: strand, Title: text("state"), Kind: kind})
		}
		for range rapid.IntRange(0, 2*states).Draw(t, "edges") {
			from := fmt.Sprintf("n%d", rapid.IntRange(0, states-1).Draw(t, "from"))
			if rapid.IntRange(0, 9).Draw(t, "outside") == 0 {
				from = ""
			}
			graph.Edges = append(graph.Edges, draw.Edge{
				Strand: strand, From: from, To: fmt.Sprintf("n%d", rapid.IntRange(0, states).Draw(t, "to")),
				Transition: fmt.Sprintf("t%d", rapid.IntRange(0, 5).Draw(t, "transition")), Title: text("edge"),
			})
		}
	}
	if rapid.Bool().Draw(t, "case") {
		graph.Current = map[string]string{"s0": "n0", "s1": "n1"}
		graph.Possible = []string{"t0", "t1", "t2"}
		for _, edge := range graph.Edges[:len(graph.Edges)/2] {
			graph.Done = append(graph.Done, draw.Passage{Strand: edge.Strand, From: edge.From, To: edge.To, Transition: edge.Transition})
		}
	}
	return graph
}
