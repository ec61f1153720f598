package language

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// checker compares a tree with the Go type it will be decoded into, so that every mistake is found and not the first one
// only. On the way it notes where each path is written.
type checker struct {
	doc      *document
	problems Problems
}

func (c *checker) report(node ast.Node, format string, args ...any) {
	c.problems = append(c.problems, c.doc.problemOn(beginning(node), fmt.Sprintf(format, args...)))
}

func (c *checker) value(node ast.Node, want reflect.Type, path string, depth int) {
	if depth > maxDepth {
		c.report(node, "the values are nested too deeply")
		return
	}
	if _, noted := c.doc.at[path]; !noted {
		c.doc.at[path] = placeOf(beginning(node))
	}
	switch want.Kind() {
	case reflect.Pointer:
		c.value(node, want.Elem(), path, depth)
	case reflect.Struct:
		c.structure(node, want, path, depth)
	case reflect.Map:
		c.entries(node, path, func(entry *ast.MappingValueNode, path string) {
			c.value(entry.Value, want.Elem(), path, depth+1)
		})
	case reflect.Slice:
		c.list(node, want.Elem(), path, depth)
	case reflect.Interface:
		c.anything(node, path, depth)
	default:
		c.scalar(node, want.Kind())
	}
}

// structure checks a mapping whose keys are the fields of a struct.
func (c *checker) structure(node ast.Node, want reflect.Type, path string, depth int) {
	fields := map[string]reflect.Type{}
	collectFields(want, fields)
	c.entries(node, path, func(entry *ast.MappingValueNode, path string) {
		key := entry.Key.GetToken().Value
		field, known := fields[key]
		if !known {
			c.report(entry.Key, "unknown key %q%s", key, suggestion(key, keysOf(fields)))
			return
		}
		c.value(entry.Value, field, path, depth+1)
	})
}

// entries visits the entries of a mapping, each key once.
func (c *checker) entries(node ast.Node, path string, visit func(*ast.MappingValueNode, string)) {
	mapping, ok := node.(*ast.MappingNode)
	if !ok {
		c.report(node, "want a mapping of keys to values, not %s", kindOf(node))
		return
	}
	seen := map[string]int{}
	for _, entry := range mapping.Values {
		key := entry.Key.GetToken()
		if first, twice := seen[key.Value]; twice {
			c.report(entry.Key, "the key %q is given twice, first in line %d", key.Value, first)
			continue
		}
		seen[key.Value] = key.Position.Line
		below := path + "." + key.Value
		if isCollection(entry.Value) {
			c.doc.at[below] = placeOf(key)
		}
		visit(entry, below)
	}
}

func (c *checker) list(node ast.Node, element reflect.Type, path string, depth int) {
	sequence, ok := node.(*ast.SequenceNode)
	if !ok {
		c.report(node, "want a list, not %s", kindOf(node))
		return
	}
	for i, value := range sequence.Values {
		c.value(value, element, fmt.Sprintf("%s[%d]", path, i), depth+1)
	}
}

// anything takes every value that JSON can hold.
func (c *checker) anything(node ast.Node, path string, depth int) {
	switch node := node.(type) {
	case *ast.MappingNode:
		c.entries(node, path, func(entry *ast.MappingValueNode, path string) {
			c.value(entry.Value, reflect.TypeFor[any](), path, depth+1)
		})
	case *ast.SequenceNode:
		c.list(node, reflect.TypeFor[any](), path, depth)
	case *ast.InfinityNode, *ast.NanNode:
		c.report(node, "want a number that JSON can hold")
	case *ast.FloatNode:
		if math.IsInf(node.Value, 0) || math.IsNaN(node.Value) {
			c.report(node, "want a number that JSON can hold")
		}
	default:
	}
}

func (c *checker) scalar(node ast.Node, want reflect.Kind) {
	switch want {
	case reflect.String:
		c.text(node)
	case reflect.Int:
		integer, ok := node.(*ast.IntegerNode)
		if !ok {
			c.report(node, "want a whole number, not %s", kindOf(node))
			return
		}
		if _, err := strconv.ParseInt(fmt.Sprint(integer.Value), 10, 32); err != nil {
			c.report(node, "the number %s is too large", integer.GetToken().Value)
		}
	case reflect.Bool:
		if _, ok := node.(*ast.BoolNode); !ok {
			c.report(node, "want true or false, not %s", kindOf(node))
		}
	default:
		c.report(node, "values of type %s cannot be written", want)
	}
}

// text takes numbers and truth values as the text they are written in, as expressions often are, where that is the text
// which a reader would get back.
func (c *checker) text(node ast.Node) {
	switch node := node.(type) {
	case *ast.StringNode, *ast.LiteralNode:
	case *ast.IntegerNode:
		c.sameText(node, fmt.Sprint(node.Value))
	case *ast.FloatNode:
		c.sameText(node, strconv.FormatFloat(node.Value, 'f', -1, 64))
	case *ast.BoolNode:
		c.sameText(node, strconv.FormatBool(node.Value))
	default:
		c.report(node, "want a text, not %s", kindOf(node))
	}
}

func (c *checker) sameText(node ast.Node, read string) {
	if written := node.GetToken().Value; written != read {
		c.report(node, "put %s in quotes, it would be read as %s", written, read)
	}
}

func isCollection(node ast.Node) bool {
	switch node.(type) {
	case *ast.MappingNode, *ast.SequenceNode, *ast.NullNode:
		return true
	default:
		return false
	}
}

func kindOf(node ast.Node) string {
	switch node.(type) {
	case *ast.MappingNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.NullNode:
		return "nothing"
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "a number"
	case *ast.BoolNode:
		return "true or false"
	case *ast.StringNode, *ast.LiteralNode:
		return "a text"
	default:
		return strings.ToLower(node.Type().String())
	}
}

// collectFields gathers the keys of a struct, those of structs in line too; fields tagged "-" are not written.
func collectFields(of reflect.Type, fields map[string]reflect.Type) {
	for i := range of.NumField() {
		field := of.Field(i)
		key, option, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		switch {
		case option == "inline":
			collectFields(field.Type, fields)
		case key != "" && key != "-":
			fields[key] = field.Type
		}
	}
}

func keysOf(fields map[string]reflect.Type) []string {
	keys := make([]string, 0, len(fields))
	for key := range fields {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
