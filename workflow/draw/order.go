package draw

import (
	"slices"

	"hejnal/workflow"
)

// ordering is the states of a strand by where they are drawn: rows of the column from the top, and the lane.
type ordering struct {
	rows []Node
	lane []Node
}

// order puts the states that lead on into rows and those that end the strand into the lane. Rows follow the definition,
// the start first, but a step leads down wherever it is no part of a cycle. A strand of ends alone has rows only.
func order(nodes []Node, edges []Edge, start string) ordering {
	result := ordering{}
	for _, node := range nodes {
		switch {
		case isFinal(node, nodes, edges):
			result.lane = append(result.lane, node)
		case node.ID == start:
			result.rows = slices.Insert(result.rows, 0, node)
		default:
			result.rows = append(result.rows, node)
		}
	}
	if len(result.rows) == 0 {
		return ordering{rows: result.lane}
	}
	result.rows = layered(result.rows, breakCycles(result.rows, edges))
	return result
}

// Column lists the states of a strand as the drawing has them in its column, from the top: those that lead on.
func Column(g Graph, strand string) []Node {
	at := slices.IndexFunc(g.Strands, func(s Strand) bool { return s.ID == strand })
	if at < 0 {
		return nil
	}
	return order(g.nodesOf(strand), g.edgesOf(strand), g.Strands[at].Start).rows
}

// isFinal reports whether a state ends its strand and leads to nothing but other ends.
func isFinal(node Node, nodes []Node, edges []Edge) bool {
	if node.Kind != workflow.End {
		return false
	}
	for _, edge := range edges {
		if edge.From != node.ID {
			continue
		}
		to := slices.IndexFunc(nodes, func(n Node) bool { return n.ID == edge.To })
		if to >= 0 && nodes[to].Kind != workflow.End {
			return false
		}
	}
	return true
}

// breakCycles returns, for each node, the nodes that a step leads down to: every step between the nodes but those which
// close a cycle and lead to an earlier node. What is left has no cycle, as within one every step leads to a later node.
func breakCycles(nodes []Node, edges []Edge) [][]int {
	index := map[string]int{}
	for i, node := range nodes {
		index[node.ID] = i
	}
	next := make([][]int, len(nodes))
	for _, edge := range edges {
		from, known := index[edge.From]
		to, among := index[edge.To]
		if known && among && from != to && !slices.Contains(next[from], to) {
			next[from] = append(next[from], to)
		}
	}
	forward := make([][]int, len(nodes))
	for from := range next {
		for _, to := range next[from] {
			if to > from || !reaches(next, to, from) {
				forward[from] = append(forward[from], to)
			}
		}
	}
	return forward
}

// reaches reports whether steps lead from one node to another.
func reaches(next [][]int, from, to int) bool {
	seen := make([]bool, len(next))
	waiting := []int{from}
	for len(waiting) > 0 {
		node := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if node == to {
			return true
		}
		for _, other := range next[node] {
			if !seen[other] {
				seen[other] = true
				waiting = append(waiting, other)
			}
		}
	}
	return false
}

// layered orders the nodes so that every step leads down, and otherwise as they come. The first node stays first unless
// a step leads down to it.
func layered(nodes []Node, forward [][]int) []Node {
	above := make([]int, len(nodes))
	for _, targets := range forward {
		for _, to := range targets {
			above[to]++
		}
	}
	rows := make([]Node, 0, len(nodes))
	placed := make([]bool, len(nodes))
	for range nodes {
		i := 0
		for placed[i] || above[i] > 0 {
			i++
		}
		placed[i] = true
		rows = append(rows, nodes[i])
		for _, to := range forward[i] {
			above[to]--
		}
	}
	return rows
}
