package language

import (
	"cmp"
	"slices"
	"strings"

	"hejnal/workflow"
)

// Set is the definitions that were read, each composed into one whole. The zero Set is empty. What it answers is shared
// and must not be changed.
type Set struct {
	forms     []workflow.Source
	documents map[string]*document // by name
	places    map[string]*document // by where they belong: forms/x.yaml
	moved     map[movedKey]movedTo
}

// movedKey is a part of a composed transition that is written elsewhere than the transition.
type movedKey struct {
	form   string
	origin workflow.Origin
	sub    string // rules[2]
}

type movedTo = workflow.Origin

func byOrder(a, b workflow.Source) int {
	return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Form, b.Form))
}

// Forms lists the forms by their order, and those of the same order by id.
func (s Set) Forms() []workflow.Source { return slices.Clone(s.forms) }

// Source returns the form of the id.
func (s Set) Source(form string) (workflow.Source, bool) {
	for _, source := range s.forms {
		if source.Form == form {
			return source, true
		}
	}
	return workflow.Source{}, false
}

// Locate returns where the sub-path (such as rules[2].holds, or empty) of a part of the form is written, as a problem
// without a message. What an `extend` added to a transition is found in the extending file. A sub-path that is not
// written is shown at the nearest part around it, at last the first line. A file is named as its reader named it, also where
// the origin names the place that it belongs to. A part that was not read from a file has neither line nor excerpt.
func (s Set) Locate(form string, origin workflow.Origin, sub string) Problem {
	file, path := origin.File, join(origin.Path, sub)
	for prefix := sub; prefix != ""; prefix = parent(prefix) {
		if to, ok := s.moved[movedKey{form, origin, prefix}]; ok {
			file, path = to.File, to.Path+strings.TrimPrefix(sub, prefix)
			break
		}
	}
	doc, ok := s.documents[file]
	if !ok {
		doc, ok = s.places[file]
	}
	if !ok {
		return Problem{File: file}
	}
	return doc.problem(path, "")
}

func join(path, sub string) string {
	if sub == "" || strings.HasPrefix(sub, "[") {
		return path + sub
	}
	return path + "." + sub
}

// parent cuts the last step off a path: rules[2].holds, rules[2], rules, and then nothing.
func parent(path string) string {
	return path[:max(0, strings.LastIndexAny(path, ".["))]
}
