package draw_test

import (
	"fmt"

	"hejnal/workflow"
	"hejnal/workflow/draw"
)

func ExampleMermaid() {
	graph := draw.Graph{
		Title:   workflow.Text{PL: "Udział", EN: "Participation"},
		Strands: []draw.Strand{{ID: workflow.Route, Start: "invited"}},
		Nodes: []draw.Node{
			{ID: "invited", Strand: workflow.Route, Kind: workflow.Open, Title: workflow.Text{PL: "Zaproszenie", EN: "Invited"}},
			{ID: "ended", Strand: workflow.Route, Kind: workflow.End, Title: workflow.Text{PL: "Zakończony", EN: "Ended"}},
		},
		Edges: []draw.Edge{{Strand: workflow.Route, From: "invited", To: "ended", Title: workflow.Text{PL: "Odmów", EN: "Decline"}}},
	}
	fmt.Print(draw.Mermaid(graph, "en"))
	// Output:
	// stateDiagram-v2
	//     accTitle: Participation
	//     state "Invited" as route_invited
	//     state "Ended" as route_ended
	//     [*] --> route_invited
	//     route_invited --> route_ended : Decline
	//     route_ended --> [*]
}

func ExampleDescribe() {
	graph := sample()
	graph.Current = map[string]string{workflow.Route: "draft"}
	graph.Possible = []string{"submit"}
	fmt.Println(draw.Describe(graph, "pl"))
	// Output: Krok 2 z 4: Projekt uchwały gotowy. Możliwe dalej: Przekaż Radzie. Obok drogi: Nadzór.
}
