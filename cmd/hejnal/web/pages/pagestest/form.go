package pagestest

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Form is a form of a page: the values that a browser would send as it stands, and the files that were chosen in it.
type Form struct {
	Action string
	Values url.Values
	Files  []File

	method string
	page   *Page
	root   *html.Node
}

// Form finds the first form that is sent to an address that ends so. None fails the test.
func (p *Page) Form(action string) *Form {
	p.t.Helper()
	root := First(p.Root, func(n *html.Node) bool {
		return n.Type == html.ElementNode && n.Data == "form" && strings.HasSuffix(Attribute(n, "action"), action)
	})
	if root == nil {
		p.t.Fatalf("%s has no form for %s:\n%s", p.Path, action, clip(p.Text()))
	}
	form := &Form{Action: Attribute(root, "action"), Values: url.Values{}, method: strings.ToUpper(Attribute(root, "method")), page: p, root: root}
	for _, control := range Every(root, isControl) {
		form.read(control)
	}
	return form
}

// HasForm reports whether the page has a form that is sent to an address that ends so.
func (p *Page) HasForm(action string) bool {
	return First(p.Root, func(n *html.Node) bool {
		return n.Type == html.ElementNode && n.Data == "form" && strings.HasSuffix(Attribute(n, "action"), action)
	}) != nil
}

func isControl(n *html.Node) bool {
	return n.Type == html.ElementNode && slices.Contains([]string{"input", "select", "textarea"}, n.Data)
}

func (f *Form) read(control *html.Node) {
	name := Attribute(control, "name")
	_, off := attribute(control, "disabled")
	if name == "" || off {
		return
	}
	switch control.Data {
	case "textarea":
		var text strings.Builder
		for child := range control.ChildNodes() {
			text.WriteString(child.Data)
		}
		f.Values.Add(name, text.String())
	case "select":
		options := Every(control, Tag("option"))
		chosen := slices.IndexFunc(options, func(n *html.Node) bool { _, ok := attribute(n, "selected"); return ok })
		if len(options) > 0 {
			f.Values.Add(name, Attribute(options[max(chosen, 0)], "value"))
		}
	default:
		_, checked := attribute(control, "checked")
		switch kind := Attribute(control, "type"); {
		case slices.Contains([]string{"file", "submit", "button", "reset", "image"}, kind):
		case (kind == "radio" || kind == "checkbox") && !checked:
		default:
			f.Values.Add(name, Attribute(control, "value"))
		}
	}
}

// Has reports whether the form has a field of the name.
func (f *Form) Has(name string) bool { return f.control(name) != nil }

func (f *Form) control(name string) *html.Node {
	return First(f.root, func(n *html.Node) bool { return isControl(n) && Attribute(n, "name") == name })
}

// Names are the names of the form's fields, in their order, those of files too.
func (f *Form) Names() []string {
	var names []string
	for _, control := range Every(f.root, isControl) {
		if name := Attribute(control, "name"); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Labelled is the name of the field whose label or legend begins so; none fails the test.
func (f *Form) Labelled(label string) string {
	f.page.t.Helper()
	for _, n := range Every(f.root, Tag("label")) {
		if !strings.HasPrefix(textOf(n), label) {
			continue
		}
		id := Attribute(n, "for")
		if control := First(f.root, func(n *html.Node) bool { return Attribute(n, "id") == id }); control != nil {
			return Attribute(control, "name")
		}
	}
	for _, n := range Every(f.root, Tag("legend")) {
		if !strings.HasPrefix(textOf(n), label) {
			continue
		}
		if control := First(n.Parent, isControl); control != nil {
			return Attribute(control, "name")
		}
	}
	f.page.t.Fatalf("%s has no field labelled %q", f.page.Path, label)
	return ""
}

// Set fills in a field; a name that the form does not have fails the test.
func (f *Form) Set(name string, values ...string) *Form {
	f.page.t.Helper()
	if !f.Has(name) {
		f.page.t.Fatalf("%s has no field %s, but %v", f.page.Path, name, f.Names())
	}
	f.Values[name] = values
	return f
}

// Attach chooses a file in a field.
func (f *Form) Attach(field, name, content string) *Form {
	f.page.t.Helper()
	if !f.Has(field) {
		f.page.t.Fatalf("%s has no field %s, but %v", f.page.Path, field, f.Names())
	}
	f.Files = append(f.Files, File{Field: field, Name: name, Content: content})
	return f
}

// Wrong is what is said to be wrong beside a field; empty where nothing is.
func (f *Form) Wrong(name string) string {
	control := f.control(name)
	if control == nil {
		return ""
	}
	group := control
	for group != nil && !Class("govuk-form-group")(group) {
		group = group.Parent
	}
	return textOf(First(group, Class("govuk-error-message")))
}

// Send sends the form as the browser of the page does, which ends lines with two characters.
func (f *Form) Send() *Page {
	f.page.t.Helper()
	sent := url.Values{}
	for name, values := range f.Values {
		for _, value := range values {
			sent.Add(name, strings.ReplaceAll(strings.ReplaceAll(value, "\r\n", "\n"), "\n", "\r\n"))
		}
	}
	switch {
	case f.method != http.MethodPost:
		return f.page.by.Get(f.Action + "?" + sent.Encode())
	case Attribute(f.root, "enctype") == "multipart/form-data":
		return f.page.by.Upload(f.Action, sent, f.Files...)
	}
	return f.page.by.Post(f.Action, sent)
}
