package workflow_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"hejnal/workflow"
)

// transitionsWith lists one transition for each type of input that the definitions have.
func transitionsWith(t testing.TB) map[string]*workflow.Transition {
	t.Helper()
	found := map[string]*workflow.Transition{}
	for _, definition := range definitions(t) {
		for _, transition := range definition.Transitions {
			for _, input := range transition.Inputs {
				found[input.Type] = transition
			}
		}
	}
	return found
}

// fitting gives a transition an input of the type, and to its other required inputs their examples.
func fitting(transition *workflow.Transition, kind string, raw json.RawMessage) map[string]json.RawMessage {
	given := map[string]json.RawMessage{}
	for _, input := range transition.Inputs {
		if input.Type == kind {
			given[input.Name] = raw
			continue
		}
		if !input.Optional {
			given[input.Name], _ = json.Marshal(input.Examples[0])
		}
	}
	return given
}

func TestWhatPlainlyFitsIsValid(t *testing.T) {
	kinds := transitionsWith(t)
	values := []string{
		`"x"`, `"ąę"`, `" "`, `"\u00a0"`, `""`, `"a\tb"`, `"a\u0007b"`, `"` + strings.Repeat("ą", 2000) + `"`, `"` + strings.Repeat("ą", 2001) + `"`,
		`"2026-02-28"`, `"2026-02-29"`, `"0000-01-01"`, `0`, `20`, `-1`, `2e1`, `999999999`, `1000000000`, `1000000001`, `01`, `null`, `true`,
		`[]`, `[{}]`, `[{"office":"UMK","count":2}]`, `[{"office":"UMK","count":2,"name":"x"}]`, `{}`, `{"unit":"KRMiDK"}`, `["pl"]`, `"yes"`, `"no"`, `"nie"`,
	}
	accepted := 0
	for kind, transition := range kinds {
		for _, value := range values {
			fit, valid := transition.FitsAndValid(fitting(transition, kind, json.RawMessage(value)))
			if fit && !valid {
				t.Errorf("%s: %s plainly fits the type %s, and its schema refuses it", transition.ID, value, kind)
			}
			if fit {
				accepted++
			}
		}
	}
	if accepted < 10 {
		t.Errorf("only %d values plainly fit: everything goes to the validator", accepted)
	}
}

func FuzzWhatPlainlyFitsIsValid(f *testing.F) {
	kinds := transitionsWith(f)
	for kind := range kinds {
		for _, value := range []string{`"x"`, `"2026-02-28"`, `20`, `[{"office":"UMK","count":2}]`, `{"unit":"x"}`, `"\u00a0"`} {
			f.Add(kind, value)
		}
	}
	f.Fuzz(func(t *testing.T, kind, value string) {
		transition, known := kinds[kind]
		if !known || !json.Valid([]byte(value)) {
			return
		}
		if fit, valid := transition.FitsAndValid(fitting(transition, kind, json.RawMessage(value))); fit && !valid {
			t.Errorf("%s: %s plainly fits the type %s, and its schema refuses it", transition.ID, value, kind)
		}
	})
}

func FuzzAPlainValueIsReadAsJSON(f *testing.F) {
	for _, seed := range []string{`"x"`, `"ą"`, `"\n"`, `20`, `0`, `01`, `-1`, `2e1`, `""`, `"`, ``, `"a"b"`, "\"\xff\"", "\"a\x01\"", `null`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		plain, ok, decoded, err := workflow.PlainValue(raw)
		if ok && (err != nil || !reflect.DeepEqual(plain, decoded)) {
			t.Errorf("%q is read as %#v, but is %#v, %v", raw, plain, decoded, err)
		}
	})
}

func TestOnlyExpressionsWithoutAKnownBoundAreCounted(t *testing.T) {
	for text, counted := range map[string]bool{
		"proposal.state == 'contacts'": false,
		"plus_months(act.today, 12)":   false,
		"'culture' in proposal.fields": false,
		"proposal.fields.all(f, proposal.fields.all(g, proposal.fields.all(h, f + g + h != '')))": true,
	} {
		if got, err := workflow.Counted(text); err != nil || got != counted {
			t.Errorf("%s: counted %v, %v, want %v", text, got, err, counted)
		}
	}
}
