package draw

import (
	"fmt"
	"slices"
	"strings"

	"hejnal/workflow"
)

// Describe says in words what a drawing shows: where the case stands, what is done and what may come next, or without a
// case the states and ends of the route. It is the description of the SVG for those who do not see it.
func Describe(g Graph, lang string) string {
	if len(g.Strands) == 0 {
		return ""
	}
	w := wordsIn(lang)
	route := g.Strands[0]
	placed := order(g.nodesOf(route.ID), g.edgesOf(route.ID), route.Start)
	var parts []string
	if current := g.Current[route.ID]; current != "" {
		parts = append(parts, g.position(placed, current, w, lang), g.finished(placed, w, lang), g.next(w, lang))
	} else {
		parts = append(parts, sentence(w.states, titles(placed.rows, lang)), sentence(w.ends, titles(placed.lane, lang)))
	}
	parts = append(parts, g.besides(w, lang))
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " ")
}

// position is "Krok 4 z 8: …"; an end has no number.
func (g *Graph) position(placed ordering, current string, w words, lang string) string {
	for i, node := range placed.rows {
		if node.ID == current {
			return fmt.Sprintf("%s %d %s %d: %s.", w.step, i+1, w.of, len(placed.rows), node.Title.In(lang))
		}
	}
	for _, node := range placed.lane {
		if node.ID == current {
			return node.Title.In(lang) + "."
		}
	}
	return ""
}

func (g *Graph) finished(placed ordering, w words, lang string) string {
	var done []Node
	for _, node := range placed.rows {
		if node.ID != g.Current[node.Strand] && g.isDone(node.Strand, node.ID) {
			done = append(done, node)
		}
	}
	return sentence(w.finished, titles(done, lang))
}

// next lists what may come next, each title once; "nic" when nothing may.
func (g *Graph) next(w words, lang string) string {
	var next []string
	for _, edge := range g.Edges {
		if title := edge.Title.In(lang); g.offers(edge) && !slices.Contains(next, title) {
			next = append(next, title)
		}
	}
	if len(next) == 0 {
		next = []string{w.nothing}
	}
	return sentence(w.possible, next)
}

// besides tells of the tracks: each with its state, or by its title alone.
func (g *Graph) besides(w words, lang string) string {
	var tracks []string
	for _, strand := range g.Strands[1:] {
		text := strand.Title.In(lang)
		i := slices.IndexFunc(g.Nodes, func(n Node) bool { return n.Strand == strand.ID && n.ID == g.Current[strand.ID] })
		if i >= 0 {
			text += " – " + g.Nodes[i].Title.In(lang)
		}
		tracks = append(tracks, text)
	}
	return sentence(w.tracks, tracks)
}

func titles(nodes []Node, lang string) []string {
	list := make([]string, len(nodes))
	for i, node := range nodes {
		list[i] = node.Title.In(lang)
	}
	return list
}

// sentence is "Word: a; b; c." or nothing.
func sentence(word string, list []string) string {
	if len(list) == 0 {
		return ""
	}
	return word + ": " + strings.Join(list, "; ") + "."
}

// isAtGoal reports whether the state is what the case was opened for.
func isAtGoal(node Node) bool { return node.Kind == workflow.Goal }
