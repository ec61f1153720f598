package frame

import (
	"maps"
	"net/http"
	"net/url"

	"hejnal/workflow"
)

// Parameters that the addresses of lists share.
const (
	CursorField = "po"       // the page begins after this row
	SortField   = "sort"     // the order; "-" before it turns it round
	DoneField   = "zrobiono" // what was just done, told once
)

// Address is the address of a list, of which those of the same list with another filter, order or page are made. It is a
// value: making another one leaves it as it was.
type Address struct {
	path   string
	values url.Values
}

// AddressOf is the address of a request, without its language, its page, and what was just done.
func AddressOf(r *http.Request) Address {
	values := r.URL.Query()
	for name, given := range values {
		if len(given) == 1 && given[0] == "" {
			values.Del(name)
		}
	}
	return Address{path: r.URL.Path, values: values}.Without("lang", CursorField, DoneField)
}

// Get is the value of a parameter; empty where it has none.
func (a Address) Get(name string) string { return a.values.Get(name) }

// With is the address with another value of a parameter.
func (a Address) With(name, value string) Address {
	changed := maps.Clone(a.values)
	changed.Set(name, value)
	return Address{path: a.path, values: changed}
}

// Without is the address without the parameters.
func (a Address) Without(names ...string) Address {
	changed := maps.Clone(a.values)
	for _, name := range names {
		changed.Del(name)
	}
	return Address{path: a.path, values: changed}
}

// Only is the address with no parameters but those.
func (a Address) Only(names ...string) Address {
	kept := url.Values{}
	for _, name := range names {
		if given, ok := a.values[name]; ok {
			kept[name] = given
		}
	}
	return Address{path: a.path, values: kept}
}

// String is the address as a link has it.
func (a Address) String() string {
	return (&url.URL{Path: a.path, RawQuery: a.values.Encode()}).String()
}

// Next is the address of the page after the cursor; empty where there is none.
func (a Address) Next(cursor string) string {
	if cursor == "" {
		return ""
	}
	return a.With(CursorField, cursor).String()
}

// Chosen is a filter of a list that is in force, and the address of the list without it. The template "chosen" writes several.
type Chosen struct {
	Title workflow.Text
	Href  string
}

// Misread is a filter of an address that has none of its values, so that it narrows nothing. The template "misread" writes several.
type Misread struct {
	Label workflow.Text
	Value string
}

// Column is the heading of a column by which a list can be sorted. The template "sorted" writes it.
type Column struct {
	Title workflow.Text
	Href  string // sorted by it, or the other way round where it is sorted by it already
	Sort  string // ascending, descending, none
}

// Column is a column of the list by a key of its order; usual is the order of a list whose address names none.
func (a Address) Column(title workflow.Text, key, usual string) Column {
	now := a.Get(SortField)
	if now == "" {
		now = usual
	}
	switch now {
	case key:
		return Column{Title: title, Href: a.With(SortField, "-"+key).String(), Sort: "ascending"}
	case "-" + key:
		return Column{Title: title, Href: a.With(SortField, key).String(), Sort: "descending"}
	}
	return Column{Title: title, Href: a.With(SortField, key).String(), Sort: "none"}
}
