package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
	"hejnal/workflow/workflowtest"
)

func TestADefinitionIsRestoredFromItsCanonicalForm(t *testing.T) {
	for _, definition := range definitions(t) {
		canonical, err := definition.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		restored, err := workflow.Restore(canonical)
		if err != nil {
			t.Fatal(err)
		}
		if restored.Ref != definition.Ref {
			t.Errorf("%s: %+v became %+v", definition.Form, definition.Ref, restored.Ref)
		}
		if findings := workflow.Verify(restored); len(findings) > 0 {
			t.Errorf("%s is proven no more: %v", definition.Form, told(findings))
		}
	}
}

func TestACaseGoesOnUnderARestoredDefinition(t *testing.T) {
	w := onAgenda(t, "association_membership")
	canonical, err := w.Definition.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	if w.Definition, err = workflow.Restore(canonical); err != nil {
		t.Fatal(err)
	}
	walk(t, w, "record_vote", "number_resolution", "send_consent_file", "record_voivode_opinion", "grant_consent", "sign_accession", "record_admission")
	if w.Proposal.State != "member" {
		t.Errorf("state %s", w.Proposal.State)
	}
}

func TestTheDigestNamesTheContent(t *testing.T) {
	source := form("a b!", move("go: a > b"))
	first, same := compiled(t, source), compiled(t, source)
	if first.Ref != same.Ref || len(first.Ref.Digest) != 64 {
		t.Errorf("%+v and %+v", first.Ref, same.Ref)
	}
	source.Transitions = []workflow.TransitionSource{move("go: a > b", rule("!record.x"))}
	if changed := compiled(t, source); changed.Ref.Digest == first.Ref.Digest {
		t.Error("another rule, and the same digest")
	}
	source.Transitions = []workflow.TransitionSource{move("go: a > b")}
	source.Transitions[0].Origin.File = "elsewhere.yaml"
	if moved := compiled(t, source); moved.Ref != first.Ref {
		t.Error("where a definition is written is part of its digest")
	}
}

func TestRestoreRefusesWhatDoesNotCompile(t *testing.T) {
	for name, canonical := range map[string]string{"no JSON": "{", "nothing": "{}", "a rule that means nothing": `{"form":"x","version":1}`} {
		if _, err := workflow.Restore([]byte(canonical)); err == nil {
			t.Errorf("%s was restored", name)
		}
	}
}

func TestCompileFindsEveryMistake(t *testing.T) {
	change := func(change func(*workflow.TransitionSource)) workflow.Source {
		return form("a b!", move("go: a > b", change))
	}
	source := func(change func(*workflow.Source)) workflow.Source {
		s := form("a b!", move("go: a > b"))
		change(&s)
		return s
	}
	type transition = workflow.TransitionSource
	for name, test := range map[string]struct {
		source workflow.Source
		codes  []string
		path   string
	}{
		"nobody may":                    {change(by()), []string{"no_role"}, "roles"},
		"a role that does not exist":    {change(by("mayor")), []string{"unknown_role"}, "roles[0]"},
		"a role that moves nothing":     {change(by(workflow.Admin)), []string{"role_cannot_move"}, "roles[0]"},
		"an id with a capital":          {change(func(t *transition) { t.ID = "Go" }), []string{"id"}, "id"},
		"an event with a dot":           {change(func(t *transition) { t.Event = "a.b" }), []string{"event"}, "event"},
		"from nowhere known":            {change(func(t *transition) { t.From = []string{"z"} }), []string{"unknown_state"}, "from[0]"},
		"to nowhere known":              {change(func(t *transition) { t.To = "z" }), []string{"unknown_state"}, "to"},
		"to nowhere":                    {change(func(t *transition) { t.To = "" }), []string{"no_destination"}, ""},
		"to two places":                 {change(func(t *transition) { outcomes("=> b")(t); t.To = "b" }), []string{"two_ways"}, "to"},
		"outcomes that may all fail":    {change(outcomes("record.x => b")), []string{"outcome_missing"}, "outcomes"},
		"no Polish":                     {change(func(t *transition) { t.Title.PL = "" }), []string{"missing_translation"}, "title"},
		"a rule without an id":          {change(func(t *transition) { rule("true")(t); t.Rules[0].ID = "" }), []string{"id"}, "rules[0]"},
		"a rule of no severity":         {change(func(t *transition) { rule("true")(t); t.Rules[0].Severity = "" }), []string{"severity"}, "rules[0].severity"},
		"a rule that says nothing":      {change(rule("")), []string{"no_condition"}, "rules[0]"},
		"a rule that is no CEL":         {change(rule("record.x ==")), []string{"expression"}, "rules[0].holds"},
		"a rule of the wrong type":      {change(rule("'yes'")), []string{"expression"}, "rules[0].holds"},
		"another transition's input":    {form("a b!", move("go: a > b", rule("inputs.n > 0")), move("on: a > b", number)), []string{"unknown_variable"}, "rules[0].holds"},
		"a variable of the wrong type":  {change(set("x", "'yes'")), []string{"expression"}, "then.record.x"},
		"a variable nobody declared":    {change(set("z", "true")), []string{"unknown_variable"}, "then.record.z"},
		"a track that does not exist":   {change(sideStarts), []string{"unknown_state"}, "then.tracks.side"},
		"an input of no type":           {change(func(t *transition) { number(t); t.Inputs[0].Type = "whole" }), []string{"unknown_type"}, "inputs[0].type"},
		"an input twice":                {change(func(t *transition) { number(t); number(t) }), []string{"duplicate_input"}, "inputs[1]"},
		"a choice of nothing":           {change(func(t *transition) { number(t); t.Inputs[0].Type = "choice" }), []string{"no_values"}, "inputs[0]"},
		"an example that means nothing": {change(func(t *transition) { number(t); t.Inputs[0].Examples = []any{"=act.yesterday"} }), []string{"expression"}, "inputs[0].examples[0]"},
		"a clock that does not exist":   {change(func(t *transition) { t.Then.Stop = []string{"tea"} }), []string{"unknown_clock"}, "then.stop[0]"},
		"four eyes with nobody":         {change(func(t *transition) { t.NotBy = []string{"draft"} }), []string{"unknown_transition"}, "not_by[0]"},
		"a form in capitals":            {source(func(s *workflow.Source) { s.Form = "Test" }), []string{"id"}, "form"},
		"no version":                    {source(func(s *workflow.Source) { s.Version = 0 }), []string{"version"}, "version"},
		"a start that does not exist":   {source(func(s *workflow.Source) { s.Start = "z" }), []string{"unknown_state"}, "start"},
		"a Council of nobody":           {source(func(s *workflow.Source) { s.City.Composition = 0 }), []string{"composition"}, "composition"},
		"a state twice":                 {source(func(s *workflow.Source) { s.States = append(s.States, s.States[0]) }), []string{"duplicate_state"}, ""},
		"a state of no kind":            {source(func(s *workflow.Source) { s.States[0].Kind = "middle" }), []string{"kind"}, "kind"},
		"a state in no stage":           {source(func(s *workflow.Source) { s.States[0].Stage = "limbo" }), []string{"unknown_stage"}, "stage"},
		"a mark that is none":           {source(func(s *workflow.Source) { s.States[0].Register = "gone" }), []string{"register"}, "register"},
		"past before the end":           {source(func(s *workflow.Source) { s.States[0].Register = "past" }), []string{"register"}, "register"},
		"waiting for nobody known":      {source(func(s *workflow.Source) { s.States[0].Outside = "moon" }), []string{"unknown_code"}, "outside"},
		"an entry dated by an act":      {change(func(t *transition) { t.Then.RegisterSince = "act.date" }), []string{"not_imported"}, "then.register_since"},
		"a mark on a track":             {source(markedTrack), []string{"not_on_route"}, ""},
		"a variable of no type":         {source(func(s *workflow.Source) { s.Record[0].Type = "maybe" }), []string{"unknown_type"}, "type"},
		"a variable of two types":       {source(func(s *workflow.Source) { s.Record = append(s.Record, workflow.Variable{Name: "x", Type: "int"}) }), []string{"conflicting_type"}, ""},
		"a clock of no length, unstarted": {
			source(func(s *workflow.Source) { s.Clocks = []workflow.ClockSource{{ID: "tea", Title: words}} }), []string{"clock_length", "clock_without_start"}, "",
		},
		"a clock that rolls away": {
			source(func(s *workflow.Source) {
				s.Clocks = []workflow.ClockSource{{ID: "tea", Title: words, Days: 1, Rolls: "away"}}
				s.Transitions[0].Then.Start = []workflow.StartSource{{Clock: "tea", On: "act.date"}}
			}), []string{"clock_rolls"}, "rolls",
		},
		"a task that nobody can do": {
			source(func(s *workflow.Source) {
				s.Tasks = []workflow.TaskSource{{ID: "go", States: []string{"a"}, Role: workflow.Lawyer, Asks: []string{"go"}, Title: words}}
			}), []string{"task_cannot_be_done"}, "states[0]",
		},
		"a task for nothing": {
			source(func(s *workflow.Source) {
				s.Tasks = []workflow.TaskSource{{ID: "go", States: []string{"z"}, Role: workflow.Official, Asks: []string{"rest"}, Title: words}}
			}), []string{"unknown_transition", "unknown_state"}, "asks[0]",
		},
		"a name for two ways": {form("a b! c!", move("go: a > b"), move("go: a > c")), []string{"ambiguous_name"}, "id"},
	} {
		t.Run(name, func(t *testing.T) {
			definition, findings := workflow.Compile(test.source)
			var codes []string
			for _, finding := range findings {
				codes = append(codes, finding.Code)
				if finding.Message == "" || strings.Contains(finding.Message, "\n") {
					t.Errorf("message %q", finding.Message)
				}
			}
			if diff := cmp.Diff(test.codes, codes); diff != "" || definition != nil {
				t.Fatalf("%v\n%s", findings, diff)
			}
			if findings[0].Path != test.path {
				t.Errorf("at %q, want %q", findings[0].Path, test.path)
			}
		})
	}
}

// markedTrack adds a track with a state that is marked in the register.
func markedTrack(s *workflow.Source) {
	side := states("c!")
	side[0].Stage, side[0].Register = "", workflow.RegisterCurrent
	s.Tracks = []workflow.TrackSource{{ID: "side", Title: words, Start: "c", Part: workflow.Part{States: side}}}
}

func TestOneTransitionCanLeadOnFromEverywhere(t *testing.T) {
	source := form("a b!",
		move("go: a > b"), move("note:  > =", func(t *workflow.TransitionSource) { t.FromAny = true }),
		move("wait:  > =", func(t *workflow.TransitionSource) { t.FromOpen = true }),
		move("skip:  > b", func(t *workflow.TransitionSource) { t.FromIfAny = []string{"a", "z"} }))
	definition := compiled(t, source)
	for id, want := range map[string][]string{"note": {"a", "b"}, "wait": {"a"}, "skip": {"a"}} {
		if diff := cmp.Diff(want, definition.Named(id)[0].From); diff != "" {
			t.Errorf("%s: %s", id, diff)
		}
	}
}

func TestOnlyWhatADecisionReadsIsAskedForAsAFact(t *testing.T) {
	w := open(t, "twin_city_agreement")
	c := w.Case()
	if diff := cmp.Diff([]string{"country:FR"}, c.Scopes(workflow.Command{Transition: "propose"})); diff != "" {
		t.Errorf("propose: %s", diff)
	}
	if got := c.Scopes(workflow.Command{Transition: "record_contact"}); len(got) != 0 {
		t.Errorf("record_contact: %v", got)
	}
	numbered := onAgenda(t, "twin_city_agreement")
	walk(t, numbered, "record_vote")
	change := do(t, numbered, "number_resolution", inputs{"resolution_number": "42/7/26"})
	if !slices.Contains(change.Read, "resolution:XLII/7/26") {
		t.Errorf("a number is checked in %v", change.Read)
	}
}

// TestALegacyEntryOfEveryFormCanEnd imports a case into every goal of every form and looks for a way to an end that
// Explain alone shows.
func TestALegacyEntryOfEveryFormCanEnd(t *testing.T) {
	for _, definition := range definitions(t) {
		for _, state := range definition.States {
			if state.Strand != workflow.Route || state.Kind != workflow.Goal {
				continue
			}
			t.Run(definition.Form+" "+state.ID, func(t *testing.T) {
				t.Parallel()
				w := imported(t, definition.Form, state.ID)
				ended := false
				forEachPlace(t, w, func(at *workflowtest.Walker) bool {
					now, _ := at.Definition.State(workflow.Route, at.Proposal.State)
					ended = now.Kind == workflow.End
					return ended
				})
				if !ended {
					t.Error("no end was reached")
				}
			})
		}
	}
}
