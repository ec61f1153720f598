package draw_test

import (
	"encoding/xml"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hejnal/workflow"
	"hejnal/workflow/draw"
)

type bpmnElement struct {
	ID      string `xml:"id,attr"`
	Name    string `xml:"name,attr"`
	Process string `xml:"processRef,attr"`
	Source  string `xml:"sourceRef,attr"`
	Target  string `xml:"targetRef,attr"`
}

type bpmnBounds struct {
	X      float64 `xml:"x,attr"`
	Y      float64 `xml:"y,attr"`
	Width  float64 `xml:"width,attr"`
	Height float64 `xml:"height,attr"`
}

type bpmnShape struct {
	Element   string       `xml:"bpmnElement,attr"`
	Bounds    bpmnBounds   `xml:"Bounds"`
	Waypoints []bpmnBounds `xml:"waypoint"`
}

type bpmnFile struct {
	XMLName      xml.Name      `xml:"http://www.omg.org/spec/BPMN/20100524/MODEL definitions"`
	Participants []bpmnElement `xml:"collaboration>participant"`
	Messages     []bpmnElement `xml:"collaboration>messageFlow"`
	Processes    []struct {
		ID     string        `xml:"id,attr"`
		Starts []bpmnElement `xml:"startEvent"`
		Ends   []bpmnElement `xml:"endEvent"`
		Tasks  []bpmnElement `xml:"task"`
		Flows  []bpmnElement `xml:"sequenceFlow"`
	} `xml:"process"`
	Shapes []bpmnShape `xml:"BPMNDiagram>BPMNPlane>BPMNShape"`
	Edges  []bpmnShape `xml:"BPMNDiagram>BPMNPlane>BPMNEdge"`
}

// checkBPMN returns what a modelling tool would stumble over: ids that are not unique, references to nothing, elements that
// are not drawn, arrows that do not begin and end at what they join.
func checkBPMN(graph draw.Graph) []string {
	var file bpmnFile
	if err := xml.Unmarshal([]byte(draw.BPMN(graph, "pl")), &file); err != nil {
		return []string{err.Error()}
	}
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	shapes := map[string]bpmnBounds{}
	for _, shape := range file.Shapes {
		shapes[shape.Element] = shape.Bounds
	}
	ways := map[string][]bpmnBounds{}
	for _, edge := range file.Edges {
		ways[edge.Element] = edge.Waypoints
	}
	seen := map[string]bool{}
	element := func(id string, drawn bool) {
		if seen[id] || id == "" || !drawn {
			say("element %q is given twice or not drawn", id)
		}
		seen[id] = true
	}
	flow := func(f bpmnElement, within []string) {
		element(f.ID, len(ways[f.ID]) >= 2)
		for _, end := range []string{f.Source, f.Target} {
			if !slices.Contains(within, end) {
				say("%s joins %q, which is not there", f.ID, end)
			}
		}
		way := append([]bpmnBounds{{}}, ways[f.ID]...)
		if !touches(way[len(way)-1], shapes[f.Target]) {
			say("%s does not arrive at %s", f.ID, f.Target)
		}
		if !slices.Contains(file.Messages, f) && !touches(way[min(1, len(way)-1)], shapes[f.Source]) {
			say("%s does not begin at %s", f.ID, f.Source)
		}
	}
	var all []string
	for _, participant := range file.Participants {
		element(participant.ID, shapes[participant.ID].Width > 0)
		all = append(all, participant.ID)
	}
	for _, process := range file.Processes {
		var nodes []string
		for _, node := range slices.Concat(process.Starts, process.Ends, process.Tasks) {
			element(node.ID, shapes[node.ID].Width > 0)
			nodes = append(nodes, node.ID)
		}
		for _, f := range process.Flows {
			flow(f, nodes)
		}
		all = append(all, nodes...)
	}
	for _, f := range file.Messages {
		flow(f, all)
	}
	return wrong
}

// touches reports whether a point lies on the border of a shape.
func touches(p, shape bpmnBounds) bool {
	const near = 0.11
	inX := p.X >= shape.X-near && p.X <= shape.X+shape.Width+near
	inY := p.Y >= shape.Y-near && p.Y <= shape.Y+shape.Height+near
	onX := abs(p.X-shape.X) < near || abs(p.X-shape.X-shape.Width) < near
	onY := abs(p.Y-shape.Y) < near || abs(p.Y-shape.Y-shape.Height) < near
	return inX && inY && (onX || onY)
}

func abs(x float64) float64 { return max(x, -x) }

func TestModellingToolsCanReadTheRealForms(t *testing.T) {
	for form, graph := range forms(t) {
		for _, wrong := range checkBPMN(graph) {
			t.Errorf("%s: %s", form, wrong)
		}
	}
}

func TestModellingToolsCanReadAnyGraph(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if wrong := checkBPMN(anyGraph(t)); len(wrong) > 0 {
			t.Fatalf("%d mistakes, the first: %s", len(wrong), wrong[0])
		}
	})
}

func TestBPMNHoldsEveryStateAndStep(t *testing.T) {
	golden(t, "form.bpmn", draw.BPMN(sample(), "pl"))
	for form, graph := range forms(t) {
		var file bpmnFile
		if err := xml.Unmarshal([]byte(draw.BPMN(graph, "en")), &file); err != nil {
			t.Fatal(err)
		}
		tasks, ends, steps := 0, 0, len(file.Messages)
		for _, process := range file.Processes {
			tasks += len(process.Tasks)
			ends += len(process.Ends)
			steps += len(process.Flows) - len(process.Starts) - len(process.Ends)
		}
		final := 0
		for _, node := range graph.Nodes {
			if node.Kind == workflow.End {
				final++
			}
		}
		if tasks != len(graph.Nodes) || ends != final || steps != len(graph.Edges) {
			t.Errorf("%s: %d tasks for %d states, %d ends for %d, %d flows for %d steps", form, tasks, len(graph.Nodes), ends, final, steps, len(graph.Edges))
		}
	}
}
