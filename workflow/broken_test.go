package workflow_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"hejnal/workflow"
	"hejnal/workflow/language"
)

var update = flag.Bool("update", false, "write what is found as what is wanted")

// TestBrokenDefinitionsAreRefusedWithTheShortestWay loads the definitions of the program with the change that each file of
// testdata/broken makes to them. A file says in its first lines what is wrong with the change; then, for each file that is
// changed, an edit script; and at last what must be found. Run with -update after the definitions have changed.
func TestBrokenDefinitionsAreRefusedWithTheShortestWay(t *testing.T) {
	names, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil || len(names) < 15 {
		t.Fatalf("%d broken definitions: %v", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			t.Parallel()
			found := examine(broken(t, archive.Files[:last]), untouched())
			if len(found) == 0 {
				t.Fatal("nothing was found")
			}
			if *update {
				archive.Files[last].Data = []byte(strings.Join(found, "\n") + "\n")
				if err := os.WriteFile(name, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			want := strings.TrimSuffix(string(archive.Files[last].Data), "\n")
			if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(strings.Join(found, "\n"), "\n")); diff != "" {
				t.Errorf("%s\n%s", archive.Comment, diff)
			}
		})
	}
}

// TestDefinitionsOfTheProgramAreProven is the same examination of the definitions as they are.
func TestDefinitionsOfTheProgramAreProven(t *testing.T) {
	for _, found := range examine(workflow.Definitions, nil) {
		t.Error(found)
	}
}

// untouched are the forms as they are, compiled. That nothing is found in them is what the test above proves, so they need no
// second proof where a change does not concern them.
var untouched = sync.OnceValue(func() map[string]*workflow.Definition {
	set, err := language.Load(workflow.Definitions)
	if err != nil {
		panic(err)
	}
	compiled := map[string]*workflow.Definition{}
	for _, source := range set.Forms() {
		compiled[source.Form], _ = workflow.Compile(source)
	}
	return compiled
})

// broken gives the definitions of the program with edits.
func broken(t *testing.T, edits []txtar.File) fs.FS {
	t.Helper()
	overlay := fstest.MapFS{}
	for _, edit := range edits {
		text, err := fs.ReadFile(workflow.Definitions, edit.Name)
		if err != nil {
			t.Fatal(err)
		}
		edited, err := edited(string(text), string(edit.Data))
		if err != nil {
			t.Fatalf("%s: %v", edit.Name, err)
		}
		overlay[edit.Name] = &fstest.MapFile{Data: []byte(edited)}
	}
	return overlay
}

// edited runs an edit script: "@ text" goes on to the next line that begins with the text, "- text" takes that line out,
// "+text" puts a line in. Indentation counts only behind a +.
func edited(text, script string) (string, error) {
	lines, at := strings.Split(text, "\n"), -1
	for _, step := range strings.Split(strings.TrimSuffix(script, "\n"), "\n") {
		what, operand := step[:1], step[1:]
		if what == "+" {
			at++
			lines = slices.Insert(lines, at, operand)
			continue
		}
		found := slices.IndexFunc(lines[at+1:], func(line string) bool {
			return strings.HasPrefix(strings.TrimSpace(line), strings.TrimSpace(operand))
		})
		if found < 0 {
			return "", fmt.Errorf("no line begins with %q", strings.TrimSpace(operand))
		}
		at += 1 + found
		if what == "-" {
			lines = slices.Delete(lines, at, at+1)
			at--
		}
	}
	return strings.Join(lines, "\n"), nil
}

// examine reads, compiles and verifies all forms but for those that are the same as among the proven, and writes each finding
// once, with the forms that have it.
func examine(overlay fs.FS, proven map[string]*workflow.Definition) []string {
	set, err := language.Load(workflow.Definitions, overlay)
	var problems language.Problems
	if errors.As(err, &problems) {
		var found []string
		for _, p := range problems {
			found = append(found, fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message))
		}
		return found
	}
	if err != nil {
		return []string{err.Error()}
	}
	var found []string
	forms := map[string][]string{}
	note := func(form string, finding workflow.Finding) {
		place := set.Locate(form, finding.Origin, finding.Path)
		text := fmt.Sprintf("%s:%d: %s: %s", place.File, place.Line, finding.Code, finding.Message)
		for i, step := range finding.Steps {
			text += fmt.Sprintf("\n%4d %s", i+1, step)
		}
		if forms[text] == nil {
			found = append(found, text)
		}
		forms[text] = append(forms[text], form)
	}
	var definitions []*workflow.Definition
	for _, source := range set.Forms() {
		if same := proven[source.Form]; same != nil && reflect.DeepEqual(same.Source, source) {
			definitions = append(definitions, same)
			continue
		}
		definition, findings := workflow.Compile(source)
		if definition != nil {
			definitions = append(definitions, definition)
			findings = workflow.Verify(definition)
		}
		for _, finding := range findings {
			note(source.Form, finding)
		}
	}
	if len(definitions) == len(set.Forms()) {
		for _, finding := range workflow.VerifyTogether(definitions) {
			note(definitions[0].Form, finding)
		}
	}
	for i, text := range found {
		head, steps, _ := strings.Cut(text, "\n")
		found[i] = strings.TrimSuffix(head+"\n     in "+strings.Join(forms[text], ", ")+"\n"+steps, "\n")
	}
	return found
}
