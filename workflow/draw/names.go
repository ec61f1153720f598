package draw

import (
	"fmt"
	"strings"
)

// names gives every state an id of letters, digits and "_" that no other state has.
func (g *Graph) names() map[[2]string]string {
	names := map[[2]string]string{}
	taken := map[string]bool{}
	for _, node := range g.Nodes {
		name := plainName(node.Strand) + "_" + plainName(node.ID)
		unique := name
		for n := 2; taken[unique]; n++ {
			unique = fmt.Sprintf("%s_%d", name, n)
		}
		taken[unique] = true
		names[[2]string{node.Strand, node.ID}] = unique
	}
	return names
}

func plainName(id string) string {
	return strings.Map(func(r rune) rune {
		if isPlain(r) || r == '_' {
			return r
		}
		return '_'
	}, id)
}

func isPlain(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// oneLine replaces what breaks or hides a line by spaces.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "�"), func(r rune) bool {
		return r <= ' ' || r >= 0x7f && r <= 0xa0 || r == 0x2028 || r == 0x2029
	}), " ")
}
