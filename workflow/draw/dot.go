package draw

import (
	"strings"

	"hejnal/workflow"
)

// DOT writes the graph in the language of Graphviz, one line for each state and each edge. Every track is a cluster; ends
// have a double border in bold, goals a double one.
func DOT(g Graph, lang string) string {
	names := g.names()
	w := &writer{}
	w.line("digraph hejnal {")
	w.line(`  label="%s"; labelloc=t; rankdir=TB; fontname="Arial";`, dotText(g.Title.In(lang)))
	w.line(`  node [shape=box, style=rounded, fontname="Arial"];`)
	w.line(`  edge [fontname="Arial", fontsize=10];`)
	for i, strand := range g.Strands {
		if i > 0 {
			w.line(`  subgraph cluster_%s {`, plainName(strand.ID))
			w.line(`  label="%s";`, dotText(strand.Title.In(lang)))
		}
		w.dotStrand(&g, strand, names, lang)
		if i > 0 {
			w.line("  }")
		}
	}
	w.line("}")
	return w.String()
}

func (w *writer) dotStrand(g *Graph, strand Strand, names map[[2]string]string, lang string) {
	outside := "outside_" + plainName(strand.ID)
	hasOutside := false
	for _, node := range g.nodesOf(strand.ID) {
		w.line(`  %s [label="%s"%s];`, names[[2]string{strand.ID, node.ID}], dotText(node.Title.In(lang)), dotLook(node, strand))
	}
	for _, edge := range g.edgesOf(strand.ID) {
		from := outside
		if edge.From != "" {
			from = names[[2]string{strand.ID, edge.From}]
		} else if !hasOutside {
			hasOutside = true
			w.line(`  %s [shape=point, label=""];`, outside)
		}
		w.line(`  %s -> %s [label="%s"];`, from, names[[2]string{strand.ID, edge.To}], dotText(edge.Title.In(lang)))
	}
}

func dotLook(node Node, strand Strand) string {
	look := ""
	switch node.Kind {
	case workflow.End:
		look = `, peripheries=2, style="rounded,bold"`
	case workflow.Goal:
		look = `, peripheries=2`
	}
	if node.ID == strand.Start {
		look += `, root=true`
	}
	return look
}

// dotText escapes a text for a string in quotes.
func dotText(text string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(oneLine(text))
}
