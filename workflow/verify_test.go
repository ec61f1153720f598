package workflow_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
)

var words = workflow.Text{PL: "słowa", EN: "words"}

// states writes states in short: "a b. c!" are an open one, a goal and an end.
func states(short string) []workflow.StateSource {
	var list []workflow.StateSource
	for _, id := range strings.Fields(short) {
		state := workflow.StateSource{ID: strings.Trim(id, ".!"), Stage: "life", Kind: workflow.Open, Title: words}
		switch {
		case strings.HasSuffix(id, "."):
			state.Kind = workflow.Goal
		case strings.HasSuffix(id, "!"):
			state.Kind = workflow.End
		}
		list = append(list, state)
	}
	return list
}

// move is a transition "id: from from > to" of an official, with an event of the same name, and what else is written.
func move(short string, more ...func(*workflow.TransitionSource)) workflow.TransitionSource {
	id, way, _ := strings.Cut(short, ": ")
	from, to, _ := strings.Cut(way, " > ")
	t := workflow.TransitionSource{
		ID: id, Title: words, From: strings.Fields(from), To: to, Roles: []workflow.Role{workflow.Official}, Event: id,
		Origin: workflow.Origin{File: "test.yaml", Path: id},
	}
	for _, change := range more {
		change(&t)
	}
	return t
}

func rule(holds string) func(*workflow.TransitionSource) {
	return func(t *workflow.TransitionSource) {
		t.Rules = append(t.Rules, workflow.RuleSource{ID: "r", Holds: holds, Severity: "block", Message: words})
	}
}

func warning(holds string) func(*workflow.TransitionSource) {
	return func(t *workflow.TransitionSource) {
		t.Rules = append(t.Rules, workflow.RuleSource{ID: "w", Holds: holds, Severity: "warn", Message: words})
	}
}

func check(holds string) func(*workflow.TransitionSource) {
	return func(t *workflow.TransitionSource) {
		t.Checks = append(t.Checks, workflow.CheckSource{Holds: holds, Field: "n", Message: words})
	}
}

func number(t *workflow.TransitionSource) {
	t.Inputs = append(t.Inputs, workflow.InputSource{Name: "n", Type: "int", Title: words, Examples: []any{1}})
}

func set(variable, value string) func(*workflow.TransitionSource) {
	return func(t *workflow.TransitionSource) {
		if t.Then.Record == nil {
			t.Then.Record = map[string]string{}
		}
		t.Then.Record[variable] = value
	}
}

// sideStarts sets the track side to its state q.
func sideStarts(t *workflow.TransitionSource) { t.Then.Tracks = map[string]string{"side": "q"} }

func by(roles ...workflow.Role) func(*workflow.TransitionSource) {
	return func(t *workflow.TransitionSource) { t.Roles = roles }
}

// outcomes are "when => state", each with the state's name as its event.
func outcomes(short ...string) func(*workflow.TransitionSource) {
	return func(t *workflow.TransitionSource) {
		t.To, t.Event = "", ""
		for _, one := range short {
			when, to, _ := strings.Cut(one, "=> ")
			t.Outcomes = append(t.Outcomes, workflow.OutcomeSource{When: strings.TrimSpace(when), To: to, Event: "came_to_" + to, EventTitle: words})
		}
	}
}

// form is a source with the states and transitions, two bool variables x and y, and the constant c = 1.
func form(short string, transitions ...workflow.TransitionSource) workflow.Source {
	return workflow.Source{
		Form: "test", Version: 1, Title: words, Summary: words, Basis: "art. 1", Start: strings.Trim(strings.Fields(short)[0], ".!"),
		City:      workflow.City{Composition: 43, Stages: []workflow.Code{{ID: "life", Title: words}}},
		Constants: map[string]string{"c": "1"},
		Part: workflow.Part{
			States: states(short), Transitions: transitions,
			Record: []workflow.Variable{{Name: "x", Type: "bool"}, {Name: "y", Type: "bool"}, {Name: "n", Type: "int"}},
		},
	}
}

func compiled(t testing.TB, source workflow.Source) *workflow.Definition {
	t.Helper()
	definition, findings := workflow.Compile(source)
	if len(findings) > 0 {
		t.Fatalf("%+v", findings)
	}
	return definition
}

// told writes findings in short: the message, and the way in brackets.
func told(findings []workflow.Finding) []string {
	list := []string{}
	for _, f := range findings {
		text := f.Code + ": " + f.Message
		if len(f.Steps) > 0 {
			text += " [" + strings.Join(f.Steps, ", ") + "]"
		}
		list = append(list, text)
	}
	return list
}

func TestTheSearchTakesWhatIsKnownExactlyAndTheRestEitherWay(t *testing.T) {
	for name, test := range map[string]struct {
		source workflow.Source
		want   []string
	}{
		"a plain way": {form("a b!", move("go: a > b")), nil},
		"what depends on inputs may hold": {
			form("a b!", move("go: a > b", number, rule("inputs.n > 3"))), nil,
		},
		"and may not hold": {
			form("a b! c!", move("go: a > b", number, outcomes("inputs.n > 3 => b", "=> c"))), nil,
		},
		"what depends on the record's numbers may hold or not": {
			form("a b! c!", move("go: a > b", rule("record.n == 3")), move("stay: a > c", rule("record.n != 3"))), nil,
		},
		"a variable is false at first": {
			form("a b!", move("go: a > b", rule("!record.x"))), nil,
		},
		"a variable that nothing sets never holds": {
			form("a b!", move("end: a > b"), move("go: a > b", rule("record.x"))),
			[]string{"rule_never_holds: the rule r holds in no case in which go is offered"},
		},
		"a variable holds once it was set": {
			form("a b c!", move("set: a > b", set("x", "true")), move("go: b > c", rule("record.x"))), nil,
		},
		"a variable that was set may be taken back": {
			form("a b c d!", move("set: a > b", set("x", "true")), move("clear: b > c", set("x", "false")), move("go: c > d", rule("!record.x"))), nil,
		},
		"a variable set from an input is followed both ways": {
			form("a b c! d!", move("set: a > b", number, set("x", "inputs.n > 3")), move("go: b > c", rule("record.x")), move("stay: b > d", rule("!record.x"))), nil,
		},
		"an effect sees the record as it was": {
			form("a b c!", move("set: a > b", set("x", "true"), set("y", "record.x")), move("end: b > c"), move("go: b > c", rule("record.y"))),
			[]string{"rule_never_holds: the rule r holds in no case in which go is offered"},
		},
		"a variable that only another's value depends on is followed too": {
			form("a b c d!", move("one: a > b", set("x", "true")), move("two: b > c", set("y", "record.x")), move("go: c > d", rule("record.y"))), nil,
		},
		"a known outcome ends the list": {
			form("a b! c!", move("go: a > b", outcomes("constants.c == '1' => b", "=> c"))),
			[]string{"unreachable_state: the state c of the route is never reached"},
		},
		"an outcome known not to hold is never taken": {
			form("a b! c!", move("go: a > b", outcomes("city.composition == 44 => b", "=> c"))),
			[]string{"unreachable_state: the state b of the route is never reached"},
		},
		"an unknown part beside a known one": {
			form("a b!", move("end: a > b"), move("go: a > b", number, rule("inputs.n > 3 && record.x"))),
			[]string{"rule_never_holds: the rule r holds in no case in which go is offered"},
		},
		"an unknown part that does not matter": {
			form("a b!", move("go: a > b", number, rule("inputs.n > 3 || !record.x"))), nil,
		},
		"the state itself is known": {
			form("a b c!", move("on: a > b"), move("go: a b > c", rule("proposal.state == 'b' && proposal.stage == 'life' && proposal.form == 'test'"))), nil,
		},
		"what cannot be evaluated does not hold": {
			form("a b!", move("end: a > b"), move("go: a > b", rule("1 / (record.x ? 1 : 0) == 1"))),
			[]string{"rule_never_holds: the rule r holds in no case in which go is offered"},
		},
		"a warning stops nothing": {
			form("a b!", move("go: a > b", warning("record.x"))),
			[]string{"rule_never_holds: the rule w holds in no case in which go is offered"},
		},
		"a check stops as a rule does": {
			form("a b c!", move("end: a > c"), move("go: a > b", number, check("record.x")), move("on: b > c")),
			[]string{"unreachable_state: the state b of the route is never reached", "dead_transition: go can never happen"},
		},
		"a transition from nowhere": {
			form("a b!", move("end: a > b"), move("go:  > b")), []string{"dead_transition: go can never happen"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := told(workflow.Verify(compiled(t, test.source)))
			if diff := cmp.Diff(append([]string{}, test.want...), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestStatesAndEnds(t *testing.T) {
	beside := func(source workflow.Source, short string, transitions ...workflow.TransitionSource) workflow.Source {
		source.Tracks = []workflow.TrackSource{{
			ID: "side", Title: words, Start: strings.Trim(strings.Fields(short)[0], ".!"), Part: workflow.Part{States: states(short), Transitions: transitions},
		}}
		return source
	}
	for name, test := range map[string]struct {
		source workflow.Source
		want   []string
	}{
		"no way on": {
			form("a b c!", move("end: a > c"), move("go: a > b")),
			[]string{"no_way_to_end: from b no end of the route can be reached [go → b]"},
		},
		"a circle without a way out": {
			form("a b c d!", move("end: a > d"), move("go: a > b"), move("on: b > c"), move("back: c > b")),
			[]string{
				"no_way_to_end: from b no end of the route can be reached [go → b]",
				"no_way_to_end: from c no end of the route can be reached [go → b, on → c]",
			},
		},
		"a way out that is shut in one combination": {
			form("a b c!", move("shut: a > b", set("x", "true")), move("on: a > b"), move("end: b > c", rule("!record.x"))),
			[]string{"no_way_to_end: from b no end of the route can be reached [shut → b]"},
		},
		"an end that leads back": {
			form("a b!", move("end: a > b"), move("back: b > a")),
			[]string{"end_moves: back leads on from b, which is an end [end → b, back → a]"},
		},
		"an end that leads to another end past a rule": {
			form("a b! c!", move("end: a > b", set("x", "true")), move("leave: b > c", rule("record.x"))), nil,
		},
		"an end that leads to another end past nothing": {
			form("a b! c!", move("end: a > b"), move("leave: b > c")),
			[]string{"end_moves: leave leads on from b, which is an end [end → b, leave → c]"},
		},
		"an end in which something stays to be noted": {form("a b!", move("end: a > b"), move("note: b > =")), nil},
		"a track beside": {
			beside(form("a b!", move("end: a > b", sideStarts)), "p q r!", move("side_on: q > r")), nil,
		},
		"a track that is stuck": {
			beside(form("a b!", move("end: a > b", sideStarts)), "p q s r!", move("side_on: q > r"), move("side_off: q > s")),
			[]string{"no_way_to_end: from b (side: s) no end of the side can be reached [end → b (side: q), side: side_off → s]"},
		},
		"a track that nothing starts": {
			beside(form("a b!", move("end: a > b")), "p q!"),
			[]string{
				"unreachable_state: the state q of the side is never reached",
				"no_way_to_end: from a no end of the side can be reached",
			},
		},
		"a rule that reads a track": {
			beside(form("a b c!", move("on: a > b", sideStarts), move("end: b > c", rule("tracks.side == 'r'"))), "p q r!", move("side_on: q > r")), nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := told(workflow.Verify(compiled(t, test.source)))
			if diff := cmp.Diff(append([]string{}, test.want...), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestInvariants(t *testing.T) {
	order := func(events string, reset ...string) workflow.Invariant {
		return workflow.Invariant{ID: "i", Title: words, Order: strings.Fields(events), Reset: reset}
	}
	// adopt, consent and sign lead round by round; again begins anew.
	round := []workflow.TransitionSource{
		move("adopt: a > b"), move("consent: b > c"), move("sign: c > d"), move("renew: c > b", func(t *workflow.TransitionSource) { t.Event = "adopt" }),
		move("again: c > a"), move("skip: a > c"),
	}
	for name, test := range map[string]struct {
		source    workflow.Source
		invariant workflow.Invariant
		want      []string
	}{
		"an order that is kept": {form("a b c d!", round[:3]...), order("adopt consent sign"), nil},
		"the last without the others": {
			form("a b c d!", append(round[:3:3], round[5])...), order("adopt consent sign"),
			[]string{"invariant: sign breaks i: sign can happen without adopt, then consent [skip → c, sign → d]"},
		},
		"the last after an earlier event happened again": {
			form("a b c d!", append(round[:3:3], move("adopt_anew: c > =", func(t *workflow.TransitionSource) { t.Event = "adopt" }))...), order("adopt consent sign"),
			[]string{"invariant: sign breaks i: sign can happen without adopt, then consent [adopt → b, consent → c, adopt_anew → c, sign → d]"},
		},
		"an earlier event and then the whole order": {form("a b c d!", append(round[:3:3], round[3])...), order("adopt consent sign"), nil},
		"a reset before the last": {
			form("a b c d!", append(round[:3:3], round[4], round[5])...), order("adopt sign", "again"),
			[]string{"invariant: sign breaks i: sign can happen without adopt [skip → c, sign → d]"},
		},
		"a reset and the order anew": {form("a b c d!", append(round[:3:3], round[4])...), order("adopt sign", "again"), nil},
		"without the reset the old one counts": {
			form("a b c e d!", append(round[:3:3], move("again: c > e"), move("sign_old: e > d", func(t *workflow.TransitionSource) { t.Event = "sign" }))...),
			order("adopt sign"), nil,
		},
		"with the reset it does not": {
			form("a b c e d!", append(round[:3:3], move("again: c > e"), move("sign_old: e > d", func(t *workflow.TransitionSource) { t.Event = "sign" }))...),
			order("adopt sign", "again"),
			[]string{"invariant: sign_old breaks i: sign can happen without adopt [adopt → b, consent → c, again → e, sign_old → d]"},
		},
		"an order whose last event the form lacks": {form("a b!", move("end: a > b")), order("adopt sign"), nil},
		"only the role": {
			form("a b!", move("sign: a > b", by(workflow.President))),
			workflow.Invariant{ID: "i", Only: &workflow.OnlySource{Events: []string{"sign"}, Role: workflow.President}},
			nil,
		},
		"the role and another": {
			form("a b!", move("sign: a > b", by(workflow.President, workflow.Official))),
			workflow.Invariant{ID: "i", Only: &workflow.OnlySource{Events: []string{"sign"}, Role: workflow.President}},
			[]string{"invariant: sign breaks i: sign is for the role president alone, not for president, official [sign → b]"},
		},
		"without a role on the way": {
			form("a b c!", move("note: a > =", by(workflow.Secretariat)), move("on: a > b"), move("apply: b > c")),
			workflow.Invariant{ID: "i", Without: &workflow.AvoidSource{Event: "apply", Role: workflow.Secretariat}},
			nil,
		},
		"a role on the way": {
			form("a b c!", move("on: a > b", by(workflow.Official, workflow.Secretariat)), move("apply: b > c")),
			workflow.Invariant{ID: "i", Without: &workflow.AvoidSource{Event: "apply", Role: workflow.Secretariat}},
			[]string{"invariant: on breaks i: a step of the role secretariat lies on the way to apply [on → b]"},
		},
		"a role that turns away from it": {
			form("a b c!", move("drop: a > c", by(workflow.Secretariat)), move("on: a > b"), move("apply: b > c")),
			workflow.Invariant{ID: "i", Without: &workflow.AvoidSource{Event: "apply", Role: workflow.Secretariat}},
			nil,
		},
		"nothing at all": {
			form("a b!", move("end: a > b")),
			workflow.Invariant{ID: "i"},
			[]string{"empty_invariant: the invariant i says nothing: give order, bars, only or without"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			test.source.Invariants = []workflow.Invariant{test.invariant}
			got := told(workflow.Verify(compiled(t, test.source)))
			if diff := cmp.Diff(append([]string{}, test.want...), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBars(t *testing.T) {
	source := form("a b c!", move("adopt: a > b", sideStarts), move("sign: b > c"))
	source.Tracks = []workflow.TrackSource{{ID: "side", Title: words, Start: "p", Part: workflow.Part{
		States: states("p q bad! good!"), Transitions: []workflow.TransitionSource{move("annul: q > bad"), move("pass: q > good")},
	}}}
	bar := func(events, states, from string) []workflow.Invariant {
		return []workflow.Invariant{{ID: "i", Bars: &workflow.BarSource{
			Events: strings.Fields(events), Track: "side", States: strings.Fields(states), From: strings.Fields(from),
		}}}
	}
	for name, test := range map[string]struct {
		invariants []workflow.Invariant
		want       []string
	}{
		"the event in the state": {
			bar("sign", "bad", ""),
			[]string{"invariant: sign breaks i: sign can happen while the side is bad [adopt → b (side: q), side: annul → bad, sign → c]"},
		},
		"from the states named":           {bar("sign", "bad", "a"), nil},
		"an event before the track moves": {bar("adopt", "q bad", ""), nil},
		"an event that the form lacks":    {bar("seal", "bad", ""), nil},
		"a state that the track lacks": {
			bar("sign", "worse", ""), []string{`unknown_state: the invariant i names the state "worse", which the side does not have`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			source.Invariants = test.invariants
			got := told(workflow.Verify(compiled(t, source)))
			if diff := cmp.Diff(append([]string{}, test.want...), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestVariablesThatNoWayDependsOnAreNotSearched(t *testing.T) {
	source := form("a b!")
	going := move("go: a > b")
	for i := range 40 {
		source.Record = append(source.Record, workflow.Variable{Name: fmt.Sprintf("v%d", i), Type: "bool"})
		set(fmt.Sprintf("v%d", i), "true")(&going)
	}
	source.Transitions = []workflow.TransitionSource{going}
	if got := told(workflow.Verify(compiled(t, source))); len(got) > 0 {
		t.Error(got)
	}
	for i := range 40 {
		rule(fmt.Sprintf("!record.v%d", i))(&source.Transitions[0])
	}
	got := workflow.Verify(compiled(t, source))
	if len(got) != 1 || got[0].Code != "too_many_combinations" {
		t.Errorf("forty variables: %v", told(got))
	}
}

func TestInvariantsOfNoFormAreTold(t *testing.T) {
	source := form("a b!", move("end: a > b"))
	source.Invariants = []workflow.Invariant{
		{ID: "one", Order: []string{"end", "begin"}, Reset: []string{"reset"}},
		{ID: "two", Bars: &workflow.BarSource{Events: []string{"end"}, Track: "side"}},
		{ID: "three", Only: &workflow.OnlySource{Events: []string{"end", "open"}}},
		{ID: "four", Without: &workflow.AvoidSource{Event: "close"}},
	}
	for i := range source.Invariants {
		source.Invariants[i].Origin.Path = source.Invariants[i].ID
	}
	definition := compiled(t, source)
	want := []string{
		`unknown_event: the invariant one names the event "begin", which no form has`,
		`unknown_event: the invariant one names the event "reset", which no form has`,
		`unknown_track: the invariant two names the track "side", which no form has`,
		`unknown_event: the invariant three names the event "open", which no form has`,
		`unknown_event: the invariant four names the event "close", which no form has`,
	}
	if diff := cmp.Diff(want, told(workflow.VerifyTogether([]*workflow.Definition{definition, definition}))); diff != "" {
		t.Error(diff)
	}
}
