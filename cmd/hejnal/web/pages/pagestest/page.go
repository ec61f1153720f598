package pagestest

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Page is an answer; Root is its tree where it is a page.
type Page struct {
	Status int
	Header http.Header
	Body   string
	Path   string
	Root   *html.Node

	t  testing.TB
	by *Browser
}

// Parse gives a page of a text, as if it had been answered.
func Parse(t testing.TB, text string) *Page {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return &Page{Status: http.StatusOK, Body: text, Root: root, t: t}
}

// Want fails the test unless the page has the status.
func (p *Page) Want(status int) *Page {
	p.t.Helper()
	if p.Status != status {
		p.t.Fatalf("%s: status %d, want %d\n%s", p.Path, p.Status, status, clip(p.Text()))
	}
	return p
}

func clip(text string) string {
	if len(text) > 4_000 {
		return text[:4_000] + " …"
	}
	return text
}

// Follow opens where the answer leads.
func (p *Page) Follow() *Page {
	p.t.Helper()
	p.Want(http.StatusSeeOther)
	return p.by.Get(p.Location())
}

// Location is the address that the answer leads to.
func (p *Page) Location() string { return p.Header.Get("Location") }

// Title is the page's title.
func (p *Page) Title() string { return textOf(First(p.Root, Tag("title"))) }

// Heading is the page's h1.
func (p *Page) Heading() string { return textOf(First(p.Root, Tag("h1"))) }

// Text is what of the page is read, each run of white space as one space. Of an answer that is no page it is the body.
func (p *Page) Text() string {
	if p.Root == nil {
		return p.Body
	}
	return textOf(First(p.Root, Tag("body")))
}

// Says fails the test unless the page says each of the texts.
func (p *Page) Says(texts ...string) *Page {
	p.t.Helper()
	whole := p.Text()
	for _, text := range texts {
		if !strings.Contains(whole, text) {
			p.t.Errorf("%s does not say %q:\n%s", p.Path, text, clip(whole))
		}
	}
	return p
}

// Silent fails the test if the page says one of the texts.
func (p *Page) Silent(texts ...string) *Page {
	p.t.Helper()
	whole := p.Text()
	for _, text := range texts {
		if strings.Contains(whole, text) {
			p.t.Errorf("%s says %q", p.Path, text)
		}
	}
	return p
}

// Link gives the address of the first link with the text, with white space squeezed; empty where there is none.
func (p *Page) Link(text string) string {
	link := First(p.Root, func(n *html.Node) bool { return n.Type == html.ElementNode && n.Data == "a" && textOf(n) == text })
	if link == nil {
		return ""
	}
	return Attribute(link, "href")
}

// Section is what stands under the first heading with the text: all up to the next heading of its rank or a higher one, within
// the same parent. Nil where there is no such heading.
func (p *Page) Section(heading string) *Part {
	title := First(p.Root, func(n *html.Node) bool { return rank(n) > 0 && textOf(n) == heading })
	if title == nil {
		return nil
	}
	part := &Part{}
	for n := title.NextSibling; n != nil; n = n.NextSibling {
		if found := rank(n); found > 0 && found <= rank(title) {
			break
		}
		part.nodes = append(part.nodes, n)
	}
	return part
}

// Part is a part of a page.
type Part struct{ nodes []*html.Node }

// Text is what of the part is read; of none it is empty.
func (p *Part) Text() string {
	if p == nil {
		return ""
	}
	var texts []string
	for _, n := range p.nodes {
		texts = append(texts, textOf(n))
	}
	return strings.Join(strings.Fields(strings.Join(texts, " ")), " ")
}

// All are the elements of the part with the tag.
func (p *Part) All(tag string) []*html.Node {
	if p == nil {
		return nil
	}
	var found []*html.Node
	for _, n := range p.nodes {
		found = append(found, Every(n, Tag(tag))...)
	}
	return found
}

// Rows are the texts of the cells of the table with the caption, without its head; nil where there is none.
func (p *Page) Rows(caption string) [][]string {
	title := First(p.Root, func(n *html.Node) bool {
		return n.Type == html.ElementNode && n.Data == "caption" && textOf(n) == caption
	})
	if title == nil {
		return nil
	}
	rows := [][]string{}
	for _, body := range Every(title.Parent, Tag("tbody")) {
		for _, row := range Every(body, Tag("tr")) {
			var cells []string
			for _, cell := range Every(row, func(n *html.Node) bool { return n.Type == html.ElementNode && (n.Data == "td" || n.Data == "th") }) {
				cells = append(cells, textOf(cell))
			}
			rows = append(rows, cells)
		}
	}
	return rows
}

// Errors are the lines of the summary of errors.
func (p *Page) Errors() []string {
	summary := First(p.Root, Class("govuk-error-summary"))
	if summary == nil {
		return nil
	}
	var found []string
	for _, item := range Every(summary, Tag("li")) {
		found = append(found, textOf(item))
	}
	return found
}
