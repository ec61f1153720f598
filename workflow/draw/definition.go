package draw

import (
	"slices"

	"hejnal/workflow"
)

// FromDefinition returns the graph of a definition. Transitions that are made by calls of their own, and those that may
// be made everywhere, are left out: they lead nowhere else. Where a transition of the route sets a track, the track gets
// an edge from nowhere.
func FromDefinition(d *workflow.Definition) Graph {
	graph := Graph{Title: d.Title, Strands: []Strand{{ID: workflow.Route, Start: d.Start}}}
	for _, track := range d.Tracks {
		graph.Strands = append(graph.Strands, Strand{ID: track.ID, Title: track.Title, Start: track.Start})
	}
	for _, state := range d.States {
		graph.Nodes = append(graph.Nodes, Node{ID: state.ID, Strand: state.Strand, Title: state.Title, Kind: state.Kind})
	}
	for _, t := range d.Transitions {
		if t.Call == "" && !t.FromAny && !t.FromOpen {
			graph.addTransition(t)
		}
	}
	return graph
}

func (g *Graph) addTransition(t *workflow.Transition) {
	for _, from := range t.From {
		if len(t.Outcomes) == 0 {
			g.addEdge(t, from, t.To, t.Event, t.Title)
		}
		for _, outcome := range t.Outcomes {
			title := outcome.EventTitle
			if outcome.To == "=" {
				title = t.Title
			}
			g.addEdge(t, from, outcome.To, outcome.Event, title)
		}
	}
	g.addTracks(t, t.Title, t.Then.Tracks)
	for _, outcome := range t.Outcomes {
		g.addTracks(t, outcome.EventTitle, outcome.Then.Tracks)
	}
}

func (g *Graph) addEdge(t *workflow.Transition, from, to, event string, title workflow.Text) {
	if to == "=" {
		to = from
	}
	g.add(Edge{Strand: t.Strand, From: from, To: to, Transition: t.ID, Event: event, Title: title})
}

func (g *Graph) addTracks(t *workflow.Transition, title workflow.Text, tracks map[string]string) {
	for _, strand := range g.Strands {
		if state, set := tracks[strand.ID]; set {
			g.add(Edge{Strand: strand.ID, To: state, Transition: t.ID, Title: title})
		}
	}
}

func (g *Graph) add(edge Edge) {
	if !slices.Contains(g.Edges, edge) {
		g.Edges = append(g.Edges, edge)
	}
}

// PassagesOf returns the steps that acts made, for [Graph.Done].
func PassagesOf(acts []workflow.Act) []Passage {
	passages := make([]Passage, 0, len(acts))
	for i := range acts {
		act := &acts[i]
		passages = append(passages, Passage{Strand: act.Track, From: act.From, To: act.To, Transition: act.Transition})
	}
	return passages
}
