package pagestest

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Check fails the test for everything in the page's structure that keeps somebody from reading or using it, or that the policy
// of the site would stop: language, title, one h1, ids once, labels of fields, references to ids, tables with captions and
// heads, pictures with names, buttons and links with text, headings in order, nothing inline.
func (p *Page) Check() *Page {
	p.t.Helper()
	if p.Root == nil {
		p.t.Fatalf("%s is no page: %s", p.Path, p.Header.Get("Content-Type"))
	}
	for _, finding := range Findings(p.Root, p.by.Language) {
		p.t.Errorf("%s: %s", p.Path, finding)
	}
	return p
}

// Findings are what Check finds in a tree that should be in the language.
func Findings(root *html.Node, language string) []string {
	var found []string
	say := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	whole := First(root, Tag("html"))
	if spoken := Attribute(whole, "lang"); spoken != language {
		say("lang is %q, want %q", spoken, language)
	}
	if textOf(First(root, Tag("title"))) == "" {
		say("no title")
	}
	if count := len(Every(root, Tag("h1"))); count != 1 {
		say("%d headings of the first rank", count)
	}
	if count := len(Every(root, Tag("main"))); count != 1 {
		say("%d main parts", count)
	}
	ids := map[string]bool{}
	for n := range root.Descendants() {
		if id, ok := attribute(n, "id"); ok {
			if ids[id] || id == "" {
				say("id %q stands twice or is empty", id)
			}
			ids[id] = true
		}
	}
	level := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		found = append(found, inlined(n)...)
		found = append(found, dangling(n, ids)...)
		found = append(found, nameless(root, n)...)
		if at := rank(n); at > 0 {
			if at > level+1 && level > 0 {
				say("heading %q of rank %d follows one of rank %d", textOf(n), at, level)
			}
			level = at
		}
	}
	return found
}

// inlined finds what the policy of the site forbids.
func inlined(n *html.Node) []string {
	var found []string
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			found = append(found, fmt.Sprintf("<%s> has the attribute %s", n.Data, a.Key))
		}
		if a.Key == "href" && strings.HasPrefix(strings.TrimSpace(strings.ToLower(a.Val)), "javascript:") {
			found = append(found, "a link that is a script")
		}
	}
	if n.Data == "style" || n.Data == "script" && Attribute(n, "src") == "" {
		found = append(found, "an inline <"+n.Data+">")
	}
	return found
}

// dangling finds references to ids that the page does not have.
func dangling(n *html.Node, ids map[string]bool) []string {
	var found []string
	for _, name := range []string{"for", "aria-describedby", "aria-labelledby", "aria-controls", "data-copy", "data-count"} {
		for _, id := range strings.Fields(Attribute(n, name)) {
			if !ids[id] {
				found = append(found, fmt.Sprintf("%s of <%s> names %q, which is not there", name, n.Data, id))
			}
		}
	}
	if target, within := strings.CutPrefix(Attribute(n, "href"), "#"); within && n.Data == "a" && !ids[target] {
		found = append(found, fmt.Sprintf("a link to #%s, which is not there", target))
	}
	return found
}

// nameless finds what a reader who does not see the page is not told of.
func nameless(root, n *html.Node) []string {
	named := textOf(n) != "" || Attribute(n, "aria-label") != "" || Attribute(n, "aria-labelledby") != ""
	switch n.Data {
	case "a", "button", "summary":
		if !named {
			return []string{fmt.Sprintf("<%s> %s has no text", n.Data, Attribute(n, "href"))}
		}
	case "input", "select", "textarea":
		if !slices.Contains([]string{"hidden", "submit"}, Attribute(n, "type")) && !labelled(root, n) {
			return []string{fmt.Sprintf("<%s> %s has no label", n.Data, Attribute(n, "name"))}
		}
	case "table":
		if First(n, Tag("caption")) == nil || First(n, func(n *html.Node) bool { return n.Data == "th" && Attribute(n, "scope") != "" }) == nil {
			return []string{"a table without caption or head"}
		}
	case "img":
		if _, ok := attribute(n, "alt"); !ok {
			return []string{"a picture without alt"}
		}
	case "svg":
		if Attribute(n, "role") == "img" && Attribute(n, "aria-label") == "" && First(n, Tag("title")) == nil && Attribute(n, "aria-hidden") != "true" {
			return []string{"a drawing without a title"}
		}
	case "section":
		if Attribute(n, "aria-labelledby") == "" && Attribute(n, "aria-label") == "" && Attribute(n, "role") != "" {
			return []string{"a region without a name"}
		}
	case "fieldset":
		if First(n, Tag("legend")) == nil {
			return []string{"a group of fields without a legend"}
		}
	}
	return nil
}

func labelled(root, control *html.Node) bool {
	if Attribute(control, "aria-label") != "" || Attribute(control, "aria-labelledby") != "" {
		return true
	}
	id := Attribute(control, "id")
	label := First(root, func(n *html.Node) bool {
		return n.Type == html.ElementNode && n.Data == "label" && id != "" && Attribute(n, "for") == id
	})
	return textOf(label) != ""
}
