package pagestest

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Tag matches elements of a tag.
func Tag(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.Type == html.ElementNode && n.Data == name }
}

// Class matches elements that have a class.
func Class(name string) func(*html.Node) bool {
	return func(n *html.Node) bool {
		return n.Type == html.ElementNode && slices.Contains(strings.Fields(Attribute(n, "class")), name)
	}
}

// Every gives the nodes that match, in the order of the page, the root included.
func Every(root *html.Node, match func(*html.Node) bool) []*html.Node {
	if root == nil {
		return nil
	}
	var found []*html.Node
	if match(root) {
		found = append(found, root)
	}
	for n := range root.Descendants() {
		if match(n) {
			found = append(found, n)
		}
	}
	return found
}

// First is the first node that matches; nil where none does.
func First(root *html.Node, match func(*html.Node) bool) *html.Node {
	if root == nil {
		return nil
	}
	if match(root) {
		return root
	}
	for n := range root.Descendants() {
		if match(n) {
			return n
		}
	}
	return nil
}

// Attribute is the value of an attribute; empty where the element has none.
func Attribute(n *html.Node, name string) string {
	value, _ := attribute(n, name)
	return value
}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// Text is what of a node is read, each run of white space as one space.
func Text(n *html.Node) string { return textOf(n) }

func textOf(n *html.Node) string {
	if n == nil {
		return ""
	}
	var text strings.Builder
	read(n, &text)
	return strings.Join(strings.Fields(text.String()), " ")
}

func read(n *html.Node, text *strings.Builder) {
	switch {
	case n.Type == html.TextNode:
		text.WriteString(n.Data)
		return
	case n.Type == html.ElementNode && slices.Contains([]string{"script", "style", "svg", "template"}, n.Data):
		return
	}
	block := n.Type == html.ElementNode && !slices.Contains(inline, n.Data)
	if block {
		text.WriteByte(' ')
	}
	for child := range n.ChildNodes() {
		read(child, text)
	}
	if block {
		text.WriteByte(' ')
	}
}

// inline are elements that do not part the words that they stand between.
var inline = []string{"a", "abbr", "b", "bdi", "code", "em", "i", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u"}

// rank is the rank of a heading; 0 for what is none.
func rank(n *html.Node) int {
	if n.Type == html.ElementNode && len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
		return int(n.Data[1] - '0')
	}
	return 0
}
