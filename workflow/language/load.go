package language

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
)

const maxFiles = 256

// file is one YAML file: where it belongs, how the reader knows it, and its bytes.
type file struct {
	place string // forms/x.yaml
	name  string
	data  []byte
}

// Load reads the definitions of the file systems, of which a later one adds files or replaces those of the same path.
// Each holds forms/*.yaml, phases/*.yaml, tracks/*.yaml, city.yaml and invariants.yaml, as far as it has them; a YAML
// file elsewhere is a mistake, other files are left alone. Mistakes in definitions are [Problems]; any other error is
// one of reading.
func Load(systems ...fs.FS) (Set, error) {
	files, err := collect(systems)
	if err != nil {
		return Set{}, err
	}
	return build(files, "")
}

// ParseFile reads one file that its reader knows by name, put together with the definitions of the file systems. What the
// file holds is told by its first key: form, phase, track, invariants, otherwise the city. The set has only the forms
// that the file concerns: the form itself, or those composed from it.
func ParseFile(name string, data []byte, systems ...fs.FS) (Set, error) {
	files, err := collect(systems)
	if err != nil {
		return Set{}, err
	}
	place, problems := placeByContent(name, data)
	if len(problems) > 0 {
		return Set{}, problems.asError()
	}
	files[place] = file{place: place, name: name, data: data}
	return build(files, place)
}

func placeByContent(name string, data []byte) (string, Problems) {
	doc, problems := parse(name, data)
	if len(problems) > 0 {
		return "", problems
	}
	if len(doc.body.Values) == 0 {
		return "", Problems{{File: name, Message: "the file is empty"}}
	}
	first := doc.body.Values[0]
	switch kind, id := first.Key.GetToken().Value, first.Value.GetToken().Value; kind {
	case "form", "phase", "track":
		if !fs.ValidPath(id) || path.Base(id) != id || id == "." {
			return "", Problems{doc.problemOn(first.Value.GetToken(), fmt.Sprintf("%q is no name for a %s", id, kind))}
		}
		return kind + "s/" + id + ".yaml", nil
	case "invariants":
		return "invariants.yaml", nil
	default:
		return "city.yaml", nil
	}
}

func build(files map[string]file, only string) (Set, error) {
	library := newLibrary()
	var problems Problems
	for _, place := range slices.Sorted(maps.Keys(files)) {
		problems = append(problems, library.add(files[place])...)
	}
	if len(problems) > 0 {
		return Set{}, problems.asError()
	}
	set := Set{documents: library.documents, places: library.places, moved: map[movedKey]movedTo{}}
	for _, id := range slices.Sorted(maps.Keys(library.forms)) {
		form := library.forms[id]
		if only != "" && !form.uses(only) {
			continue
		}
		composer := &composer{library: library, form: form, moved: set.moved}
		set.forms = append(set.forms, composer.compose())
		problems = append(problems, composer.problems...)
	}
	if len(problems) > 0 {
		return Set{}, problems.asError()
	}
	slices.SortStableFunc(set.forms, byOrder)
	return set, nil
}

// uses reports whether the form is, or is composed from, the file at the place.
func (f *formFile) uses(place string) bool {
	switch kind, id := kindOfPlace(place); kind {
	case "form":
		return f.Form == id
	case "phase":
		return slices.Contains(f.Phases, id)
	case "track":
		return slices.Contains(f.Tracks, id)
	default:
		return true
	}
}

// collect reads the files of all file systems, the later in place of the earlier.
func collect(systems []fs.FS) (map[string]file, error) {
	files := map[string]file{}
	var problems Problems
	for _, system := range systems {
		err := fs.WalkDir(system, ".", func(place string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !isYAML(place) {
				return err
			}
			if kind, _ := kindOfPlace(place); kind == "" {
				problems = append(problems, Problem{File: place, Message: "definitions are read from " +
					"forms/*.yaml, phases/*.yaml, tracks/*.yaml, city.yaml and invariants.yaml, not from here"})
				return nil
			}
			data, err := readBounded(system, place)
			files[place] = file{place: place, name: place, data: data}
			return cmp.Or(err, tooMany(files))
		})
		if err != nil {
			return nil, fmt.Errorf("read definitions: %w", err)
		}
	}
	return files, problems.asError()
}

func isYAML(place string) bool {
	return path.Ext(place) == ".yaml" || path.Ext(place) == ".yml"
}

var errTooMany = errors.New("more files than a set of definitions may have")

func tooMany(files map[string]file) error {
	if len(files) > maxFiles {
		return errTooMany
	}
	return nil
}

// readBounded reads one byte more than a file may have, so that parse can tell that it is too large.
func readBounded(system fs.FS, place string) ([]byte, error) {
	opened, err := system.Open(place)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(opened, maxFileSize+1))
	return data, errors.Join(err, opened.Close())
}
