package installation_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/installation"
	"hejnal/workflow"
)

// own is a directory of definitions with one file, made of a built-in one by replacing texts, in pairs.
func own(t *testing.T, name, from string, replaced ...string) string {
	t.Helper()
	text, err := fs.ReadFile(workflow.Definitions, from)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(replaced); i += 2 {
		if !bytes.Contains(text, []byte(replaced[i])) {
			t.Fatalf("%s has no %q", from, replaced[i])
		}
		text = bytes.Replace(text, []byte(replaced[i]), []byte(replaced[i+1]), 1)
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// lineOf is the number of the line of a built-in file that a text stands in first.
func lineOf(t *testing.T, name, text string) string {
	t.Helper()
	whole, err := fs.ReadFile(workflow.Definitions, name)
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := strings.Cut(string(whole), text)
	return strconv.Itoa(strings.Count(before, "\n") + 1)
}

func load(t *testing.T, dir string) map[string]*workflow.Definition {
	t.Helper()
	forms, err := installation.LoadForms(dir)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]*workflow.Definition{}
	for _, form := range forms {
		found[form.Source.Form] = form
	}
	return found
}

func TestADirectoryAddsAForm(t *testing.T) {
	builtIn := load(t, "")
	found := load(t, own(t, "forms/national_programme.yaml", "forms/eu_programme.yaml", "form: eu_programme", "form: national_programme"))
	if len(found) != len(builtIn)+1 || found["national_programme"] == nil {
		t.Errorf("there are %d forms, not %d with the new one", len(found), len(builtIn)+1)
	}
	for name, form := range builtIn {
		if found[name].Ref.Digest != form.Ref.Digest {
			t.Errorf("%s is another definition than before", name)
		}
	}
}

func TestADirectoryReplacesAPhaseInEveryFormThatHasIt(t *testing.T) {
	builtIn := load(t, "")
	found := load(t, own(t, "phases/council.yaml", "phases/council.yaml", `pl: "Zarejestruj druk"`, `pl: "Nadaj numer druku"`))
	having := 0
	for name, form := range found {
		i := slices.IndexFunc(form.Source.Transitions, func(made workflow.TransitionSource) bool { return made.ID == "register_print" })
		changed := form.Ref.Digest != builtIn[name].Ref.Digest
		if changed != (i >= 0) || i >= 0 && form.Source.Transitions[i].Title.PL != "Nadaj numer druku" {
			t.Errorf("%s has the phase: %v; it is changed: %v", name, i >= 0, changed)
		}
		if i >= 0 {
			having++
		}
	}
	if having < 2 || len(found) != len(builtIn) {
		t.Errorf("%d of %d forms have the phase", having, len(found))
	}
}

func TestABrokenDefinitionIsRefusedWithFileAndLine(t *testing.T) {
	for name, test := range map[string]struct {
		dir  string
		says []string
	}{
		"unknown key": {
			own(t, "phases/council.yaml", "phases/council.yaml", "event: print_registered", "evnt: print_registered"),
			[]string{"phases/council.yaml:" + lineOf(t, "phases/council.yaml", "event: print_registered") + ":", `did you mean "event"`},
		},
		"no way out": {
			own(t, "forms/eu_programme.yaml", "forms/eu_programme.yaml", "from: [durability]", "from: [reserve]"),
			[]string{"forms/eu_programme.yaml:", "durability"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			forms, err := installation.LoadForms(test.dir)
			if err == nil || forms != nil {
				t.Fatalf("it gives %d forms and the error %v", len(forms), err)
			}
			for _, part := range test.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q has no %q", err, part)
				}
			}
		})
	}
	if _, err := installation.LoadForms("no/such/place"); err == nil || !strings.Contains(err.Error(), "no/such/place") {
		t.Errorf("of a directory that is not there it says %v", err)
	}
}
