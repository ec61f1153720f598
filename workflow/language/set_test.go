package language_test

import (
	"testing"

	"hejnal/workflow"
	"hejnal/workflow/language"
)

func TestEveryPartKnowsWhereItIsWritten(t *testing.T) {
	form := source(t, good(t), "twin")
	council := func(path string) workflow.Origin { return workflow.Origin{File: "phases/council.yaml", Path: path} }
	cases := map[string]struct{ got, want workflow.Origin }{
		"variable":     {form.Record[0].Origin, council("$.record[0]")},
		"fact":         {form.Facts[0].Origin, council("$.facts[0]")},
		"state":        {form.States[1].Origin, council("$.states[1]")},
		"transition":   {form.Transitions[1].Origin, council("$.transitions[1]")},
		"task":         {form.Tasks[0].Origin, council("$.tasks[0]")},
		"clock":        {form.Clocks[0].Origin, council("$.clocks[0]")},
		"own state":    {form.States[2].Origin, workflow.Origin{File: "forms/twin.yaml", Path: "$.states[0]"}},
		"track's part": {form.Tracks[0].Transitions[0].Origin, workflow.Origin{File: "tracks/supervision.yaml", Path: "$.transitions[0]"}},
	}
	for what, c := range cases {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", what, c.got, c.want)
		}
	}
}

func TestLocateShowsTheLine(t *testing.T) {
	set := good(t)
	submit := source(t, set, "twin").Transitions[0].Origin
	cases := []struct {
		what, form, sub string
		file            string
		line            int
	}{
		{"the transition", "twin", "", "phases/council.yaml", 15},
		{"a value of it", "twin", "to", "phases/council.yaml", 19},
		{"a rule of its own", "twin", "rules[0].use", "phases/council.yaml", 22},
		{"a rule that the form added", "twin", "rules[1].holds", "forms/twin.yaml", 22},
		{"an input that the form added", "twin", "inputs[0].title.pl", "forms/twin.yaml", 18},
		{"an effect that the form added", "twin", "then.record.field", "forms/twin.yaml", 27},
		{"an effect of its own", "twin", "then.record.numbered", "phases/council.yaml", 24},
		{"an effect that the track added", "twin", "then.tracks.supervision", "tracks/supervision.yaml", 15},
		{"a state that counts if any", "twin", "from[1]", "phases/council.yaml", 18},
		{"what is not written, at its surroundings", "twin", "rules[0].message.en", "phases/council.yaml", 22},
		{"what another form added", "plain", "rules[1].holds", "phases/council.yaml", 21},
	}
	for _, c := range cases {
		got := set.Locate(c.form, submit, c.sub)
		if got.File != c.file || got.Line != c.line || got.Excerpt == "" {
			t.Errorf("%s: %s:%d\n%s\nwant %s:%d", c.what, got.File, got.Line, got.Excerpt, c.file, c.line)
		}
	}
}

func TestLocateNamesAFileAsItsReaderDid(t *testing.T) {
	set, err := language.ParseFile("/home/anna/mine.yaml", []byte("# mine\n\nform: mine\nversion: 1\nstart: asked\n"))
	if err != nil {
		t.Fatal(err)
	}
	for path, line := range map[string]int{"title": 3, "title.pl": 3, "": 3, "start": 5} {
		got := set.Locate("mine", workflow.Origin{File: "forms/mine.yaml", Path: "$"}, path)
		if got.File != "/home/anna/mine.yaml" || got.Line != line || got.Excerpt == "" {
			t.Errorf("%q: %+v, want line %d", path, got, line)
		}
	}
}

func TestLocateOfWhatWasNotReadFromAFile(t *testing.T) {
	got := good(t).Locate("twin", workflow.Origin{File: "elsewhere.yaml", Path: "$.states[0]"}, "id")
	if (got != language.Problem{File: "elsewhere.yaml"}) {
		t.Errorf("got %+v", got)
	}
}
