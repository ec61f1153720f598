package language

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// document is one file: its text, its tree, and where each path of the tree is written.
type document struct {
	name string // as the reader knows the file
	kind string // form, phase, track, city, invariants
	id   string // of a form, phase or track; empty for the others

	lines []string
	body  *ast.MappingNode
	at    map[string]place // YAML path → where it is written
}

type place struct{ line, column int }

// problem describes a mistake at a path of the document, or at the nearest path above it that is written.
func (d *document) problem(path, message string) Problem {
	for {
		if at, ok := d.at[path]; ok {
			return d.problemAt(at, message)
		}
		cut := strings.LastIndexAny(path, ".[")
		if cut < 0 {
			return Problem{File: d.name, Message: message}
		}
		path = path[:cut]
	}
}

func (d *document) problemAt(at place, message string) Problem {
	return Problem{File: d.name, Line: at.line, Column: at.column, Message: message, Excerpt: excerpt(d.lines, at.line, at.column)}
}

func (d *document) problemOn(t *token.Token, message string) Problem {
	if t == nil || t.Position == nil {
		return Problem{File: d.name, Message: message}
	}
	return d.problemAt(placeOf(t), message)
}

func placeOf(t *token.Token) place {
	return place{line: t.Position.Line, column: max(1, t.Position.Column)}
}

// beginning returns the first token of a node: a mapping's own token is the colon after its first key.
func beginning(node ast.Node) *token.Token {
	if mapping, ok := node.(*ast.MappingNode); ok && !mapping.IsFlowStyle && len(mapping.Values) > 0 {
		return mapping.Values[0].Key.GetToken()
	}
	return node.GetToken()
}
