package language

import (
	"fmt"
	"path"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"

	"hejnal/workflow"
)

// library is every file that was read, by what it holds.
type library struct {
	documents  map[string]*document // by name
	places     map[string]*document // by place: forms/x.yaml
	forms      map[string]*formFile
	phases     map[string]*phaseFile
	tracks     map[string]*trackFile
	city       workflow.City
	invariants []workflow.Invariant
}

func newLibrary() *library {
	return &library{
		documents: map[string]*document{},
		places:    map[string]*document{},
		forms:     map[string]*formFile{},
		phases:    map[string]*phaseFile{},
		tracks:    map[string]*trackFile{},
	}
}

// add reads one file into the library. The kind is told by its place; the id in it must be its name.
func (l *library) add(file file) Problems {
	doc, problems := parse(file.name, file.data)
	if len(problems) > 0 {
		return problems
	}
	doc.kind, doc.id = kindOfPlace(file.place)
	l.documents[file.name], l.places[file.place] = doc, doc
	switch doc.kind {
	case "form":
		form := &formFile{}
		problems = decode(doc, form)
		form.Own.locate(doc)
		l.forms[doc.id] = form
		return append(problems, sameID(doc, problems, form.Form)...)
	case "phase":
		phase := &phaseFile{}
		problems = decode(doc, phase)
		phase.Own.locate(doc)
		l.phases[doc.id] = phase
		return append(problems, sameID(doc, problems, phase.Phase)...)
	case "track":
		track := &trackFile{}
		problems = decode(doc, track)
		track.Own.locate(doc)
		l.tracks[doc.id] = track
		return append(problems, sameID(doc, problems, track.Track)...)
	case "city":
		var city cityFile
		problems = decode(doc, &city)
		l.city = city.City
		return problems
	default:
		var list invariantsFile
		problems = decode(doc, &list)
		for i := range list.Invariants {
			list.Invariants[i].Origin = workflow.Origin{File: doc.name, Path: fmt.Sprintf("$.invariants[%d]", i)}
		}
		l.invariants = list.Invariants
		return problems
	}
}

// kindOfPlace returns what the file at a place such as forms/x.yaml holds; the kind is empty for places that hold none.
func kindOfPlace(place string) (kind, id string) {
	name, isYAML := strings.CutSuffix(path.Base(place), ".yaml")
	if !isYAML || name == "" {
		return "", ""
	}
	switch folder := path.Dir(place); {
	case place == "city.yaml":
		return "city", ""
	case place == "invariants.yaml":
		return "invariants", ""
	case folder == "forms" || folder == "phases" || folder == "tracks":
		return strings.TrimSuffix(folder, "s"), name
	default:
		return "", ""
	}
}

// decode checks the tree of a document against the value it becomes and fills it in when nothing is wrong.
func decode(doc *document, into any) Problems {
	check := &checker{doc: doc}
	check.value(doc.body, reflect.TypeOf(into), "$", 0)
	if len(check.problems) > 0 {
		return check.problems
	}
	if err := yaml.NodeToValue(doc.body, into, yaml.Strict()); err != nil {
		return Problems{doc.syntaxProblem(err)}
	}
	return nil
}

// sameID reports a file whose name is not the id in it, unless the id could not be read at all.
func sameID(doc *document, earlier Problems, id string) Problems {
	if len(earlier) > 0 || id == doc.id {
		return nil
	}
	if id == "" {
		return Problems{doc.problem("$", fmt.Sprintf("the key %q is missing; the file's place asks for %s: %s", doc.kind, doc.kind, doc.id))}
	}
	return Problems{doc.problem("$."+doc.kind, fmt.Sprintf("the %s is called %q here and %q by its file", doc.kind, id, doc.id))}
}
