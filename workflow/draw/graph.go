package draw

import "hejnal/workflow"

// Graph is what is drawn: the strands of a form, their states and the steps between them, and where a case stands in it.
type Graph struct {
	Title    workflow.Text
	Strands  []Strand // the route first
	Nodes    []Node   // in the order of the definition
	Edges    []Edge
	Current  map[string]string // strand → state; empty when no case is shown
	Done     []Passage
	Possible []string // ids of the transitions that the case offers now
}

// Strand is the route or a track. The route has no title.
type Strand struct {
	ID    string
	Title workflow.Text
	Start string
}

// Node is a state.
type Node struct {
	ID     string
	Strand string
	Title  workflow.Text
	Kind   string // workflow.Open, workflow.Goal or workflow.End
}

// Edge is one way that a transition or one of its outcomes leads. From is empty where another strand sets the state.
type Edge struct {
	Strand     string
	From, To   string
	Transition string
	Event      string
	Title      workflow.Text
}

// Passage is a step that the case has made.
type Passage struct {
	Strand     string
	From, To   string
	Transition string
}

// Options say how a graph is drawn.
type Options struct {
	Lang   string // "pl" or "en"
	Prefix string // of the ids in the drawing, unique on its page; letters, digits, "-" and "_"
	// Narrow draws the columns alone, for small screens: the states that lead on and the steps down from each to the next.
	Narrow bool
}

func (g *Graph) nodesOf(strand string) []Node {
	var nodes []Node
	for _, node := range g.Nodes {
		if node.Strand == strand {
			nodes = append(nodes, node)
		}
	}
	return nodes
}

// edgesOf lists the edges of a strand whose ends exist.
func (g *Graph) edgesOf(strand string) []Edge {
	known := map[string]bool{"": true}
	for _, node := range g.nodesOf(strand) {
		known[node.ID] = true
	}
	var edges []Edge
	for _, edge := range g.Edges {
		if edge.Strand == strand && edge.To != "" && known[edge.From] && known[edge.To] {
			edges = append(edges, edge)
		}
	}
	return edges
}

func (g *Graph) isDone(strand, state string) bool {
	for _, passage := range g.Done {
		if passage.Strand == strand && (passage.From == state || passage.To == state) {
			return true
		}
	}
	return false
}

func (g *Graph) passed(edge Edge) bool {
	for _, passage := range g.Done {
		if passage == (Passage{Strand: edge.Strand, From: edge.From, To: edge.To, Transition: edge.Transition}) {
			return true
		}
	}
	return false
}

// offers reports whether the edge is a step that the case could make next.
func (g *Graph) offers(edge Edge) bool {
	if edge.From == "" || g.Current[edge.Strand] != edge.From {
		return false
	}
	for _, transition := range g.Possible {
		if transition == edge.Transition {
			return true
		}
	}
	return false
}
