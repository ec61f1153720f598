package language_test

import (
	"errors"
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
	"hejnal/workflow/language"
)

func good(t *testing.T, overlays ...fs.FS) language.Set {
	t.Helper()
	set, err := language.Load(append([]fs.FS{os.DirFS("testdata/good")}, overlays...)...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func source(t *testing.T, set language.Set, form string) workflow.Source {
	t.Helper()
	source, ok := set.Source(form)
	if !ok {
		t.Fatalf("there is no form %s", form)
	}
	return source
}

func overlay(files map[string]string) fs.FS {
	system := fstest.MapFS{}
	for name, text := range files {
		system[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return system
}

func TestFormsComeInTheirOrder(t *testing.T) {
	var got []string
	for _, form := range good(t).Forms() {
		got = append(got, form.Form)
	}
	if diff := cmp.Diff([]string{"plain", "twin"}, got); diff != "" {
		t.Error(diff)
	}
	if _, ok := good(t).Source("none"); ok {
		t.Error("a form that nobody wrote was found")
	}
}

func TestAFormIsItsPhasesItsOwnPartAndItsTracks(t *testing.T) {
	form := source(t, good(t), "twin")
	if form.Version != 3 || form.Start != "contacts" || form.Constants["majority"] != "simple" || form.Title.PL != "Umowa" {
		t.Errorf("head of the form: %+v", form)
	}
	if form.City.Composition != 43 || form.City.Stages[0].Title.EN != "Preparation" {
		t.Errorf("city: %+v", form.City)
	}
	if len(form.Invariants) != 1 || form.Invariants[0].Origin != (workflow.Origin{File: "invariants.yaml", Path: "$.invariants[0]"}) {
		t.Errorf("invariants: %+v", form.Invariants)
	}
	var states []string
	for _, state := range form.States {
		states = append(states, state.ID)
	}
	if diff := cmp.Diff([]string{"draft_ready", "adopted", "contacts"}, states); diff != "" {
		t.Errorf("states:\n%s", diff)
	}
	if len(form.Tracks) != 1 || form.Tracks[0].ID != "supervision" || form.Tracks[0].Transitions[0].ID != "deliver" {
		t.Errorf("tracks: %+v", form.Tracks)
	}
}

func TestExtensionsReachEveryTransitionOfTheirID(t *testing.T) {
	form := source(t, good(t), "twin")
	first, second := form.Transitions[0], form.Transitions[1]
	if got := []string{first.Rules[0].Use, first.Rules[1].ID, second.Rules[0].ID}; !cmp.Equal(got, []string{"numbered", "one_per_country", "one_per_country"}) {
		t.Errorf("rules: %v", got)
	}
	if diff := cmp.Diff(map[string]string{"numbered": "true", "field": "inputs.field"}, first.Then.Record); diff != "" {
		t.Errorf("record:\n%s", diff)
	}
	if first.Then.Tracks["supervision"] != "none" || second.Then.Tracks["supervision"] != "none" {
		t.Error("the track's extension is missing")
	}
	if len(first.Then.Start) != 1 || first.NotBy[0] != "submit" || first.Inputs[0].Name != "field" {
		t.Errorf("extended: %+v", first)
	}
	examples := []any{"culture", uint64(7), map[string]any{"a": []any{1.5, nil}}}
	if diff := cmp.Diff(examples, first.Inputs[0].Examples); diff != "" {
		t.Errorf("examples:\n%s", diff)
	}
}

func TestAnExtensionStaysInItsForm(t *testing.T) {
	form := source(t, good(t), "plain")
	for _, transition := range form.Transitions {
		if len(transition.Inputs) > 0 || len(transition.Then.Tracks) > 0 || len(transition.Then.Record) > 1 || len(transition.Rules) > 1 {
			t.Errorf("%s of plain was extended by twin: %+v", transition.ID, transition)
		}
	}
}

func TestStatesThatCountIfAnyAreFolded(t *testing.T) {
	set := good(t)
	cases := map[string][]string{"twin": {"draft_ready", "contacts"}, "plain": {"draft_ready"}}
	for form, want := range cases {
		transition := source(t, set, form).Transitions[0]
		if diff := cmp.Diff(want, transition.From); diff != "" || transition.FromIfAny != nil {
			t.Errorf("%s: from %v, %v\n%s", form, transition.From, transition.FromIfAny, diff)
		}
	}
}

func TestALaterFileSystemAddsAndReplaces(t *testing.T) {
	set := good(t, overlay(map[string]string{
		"forms/plain.yaml": "form: plain\nversion: 2\norder: 9\nphases: [council]\n",
		"forms/third.yaml": "form: third\nversion: 1\norder: 3\n",
		"README.md":        "left alone",
	}))
	var got []string
	for _, form := range set.Forms() {
		got = append(got, form.Form)
	}
	if diff := cmp.Diff([]string{"twin", "third", "plain"}, got); diff != "" {
		t.Error(diff)
	}
	if version := source(t, set, "plain").Version; version != 2 {
		t.Errorf("version %d", version)
	}
}

func TestOneFileIsReadWithTheOthers(t *testing.T) {
	base := os.DirFS("testdata/good")
	cases := map[string]struct {
		text  string
		forms []string
	}{
		"a form":     {"form: mine\nversion: 1\nphases: [council]\n", []string{"mine"}},
		"a track":    {"track: supervision\nstart: none\n", []string{"twin"}},
		"a phase":    {"phase: council\ntransitions:\n  - { id: submit }\n", []string{"plain", "twin"}},
		"invariants": {"invariants: []\n", []string{"plain", "twin"}},
		"the city":   {"name: Kraków\n", []string{"plain", "twin"}},
	}
	for what, c := range cases {
		set, err := language.ParseFile("/home/me/x.yaml", []byte(c.text), base)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		var got []string
		for _, form := range set.Forms() {
			got = append(got, form.Form)
		}
		if diff := cmp.Diff(c.forms, got); diff != "" {
			t.Errorf("%s:\n%s", what, diff)
		}
	}
}

func TestAFileOfItsOwnIsNamedAsItsReaderKnowsIt(t *testing.T) {
	_, err := language.ParseFile("../x.yaml", []byte("form: mine\nversoin: 1\n"), os.DirFS("testdata/good"))
	var problems language.Problems
	if !errors.As(err, &problems) || problems[0].File != "../x.yaml" || problems[0].Line != 2 {
		t.Errorf("got %v", err)
	}
}

func TestReadingThatFailsIsNoProblemOfTheDefinition(t *testing.T) {
	_, err := language.Load(os.DirFS("testdata/nowhere"))
	var problems language.Problems
	if !errors.Is(err, fs.ErrNotExist) || errors.As(err, &problems) {
		t.Errorf("got %v", err)
	}
}

func TestTheDefinitionsOfTheProgramAreRead(t *testing.T) {
	set, err := language.Load(workflow.Definitions)
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range set.Forms() {
		if form.City.Composition != 43 || len(form.States) == 0 || len(form.Invariants) == 0 {
			t.Errorf("%s was put together without its parts", form.Form)
		}
	}
}
