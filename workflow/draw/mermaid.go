package draw

import (
	"fmt"
	"strings"
	"unicode"

	"hejnal/workflow"
)

// Mermaid writes the graph as a state diagram of Mermaid (stateDiagram-v2), one line for each state and each edge. Every
// track is a state of its own that holds the others; final states lead to the end mark.
func Mermaid(g Graph, lang string) string {
	names := g.names()
	w := &writer{}
	w.line("stateDiagram-v2")
	w.line("    accTitle: %s", mermaidText(g.Title.In(lang)))
	for i, strand := range g.Strands {
		indent := "    "
		if i > 0 {
			w.line(`    state "%s" as track_%s {`, mermaidText(strand.Title.In(lang)), plainName(strand.ID))
			indent += "    "
		}
		w.mermaidStrand(&g, strand, names, lang, indent)
		if i > 0 {
			w.line("    }")
		}
	}
	return w.String()
}

func (w *writer) mermaidStrand(g *Graph, strand Strand, names map[[2]string]string, lang, indent string) {
	nodes := g.nodesOf(strand.ID)
	for _, node := range nodes {
		w.line(`%sstate "%s" as %s`, indent, mermaidText(node.Title.In(lang)), names[[2]string{strand.ID, node.ID}])
	}
	for _, node := range nodes {
		if node.ID == strand.Start {
			w.line("%s[*] --> %s", indent, names[[2]string{strand.ID, node.ID}])
		}
	}
	for _, edge := range g.edgesOf(strand.ID) {
		from := "[*]"
		if edge.From != "" {
			from = names[[2]string{strand.ID, edge.From}]
		}
		w.line("%s%s --> %s : %s", indent, from, names[[2]string{strand.ID, edge.To}], mermaidText(edge.Title.In(lang)))
	}
	for _, node := range nodes {
		if node.Kind == workflow.End {
			w.line("%s%s --> [*]", indent, names[[2]string{strand.ID, node.ID}])
		}
	}
}

// mermaidText keeps letters, digits and spaces, and writes every other character by its number, as Mermaid's grammar
// gives a meaning to many.
func mermaidText(text string) string {
	var written strings.Builder
	for _, r := range oneLine(text) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), strings.ContainsRune(" .,", r):
			written.WriteRune(r)
		default:
			fmt.Fprintf(&written, "#%d;", r)
		}
	}
	return written.String()
}
