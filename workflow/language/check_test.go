package language_test

import (
	"strings"
	"testing"
)

// Each line of a form and what is said about it; nothing is said about those that are right.
func TestValuesMustHaveTheirType(t *testing.T) {
	cases := []struct{ line, want string }{
		{"version: 2", ""},
		{"version: 0x10", ""},
		{"version: -1", ""},
		{"version: 1.5", "want a whole number, not a number"},
		{"version: '2'", "want a whole number, not a text"},
		{"version: true", "want a whole number, not true or false"},
		{"version:", "want a whole number, not nothing"},
		{"version: 3000000000", "too large"},
		{"version: 99999999999999999999999", "want a whole number"},
		{"start: a", ""},
		{"start: 'a'", ""},
		{"start: 12", ""},
		{"start: 1.25", ""},
		{"start: true", ""},
		{"start: |\n  several\n  lines", ""},
		{"start: >-\n  several\n  lines", ""},
		{"start: \"=\"", ""},
		{"start: =", ""},
		{"start: 1_000", "put 1_000 in quotes"},
		{"start: 1.50", "put 1.50 in quotes"},
		{"start: 0b11", "put 0b11 in quotes"},
		{"start: True", "put True in quotes"},
		{"start:", "want a text, not nothing"},
		{"start: null", "want a text, not nothing"},
		{"start: ~", "want a text, not nothing"},
		{"start: .inf", "want a text, not a number"},
		{"start: [a]", "want a text, not a list"},
		{"start: { a: b }", "want a text, not a mapping"},
		{"phases: []", ""},
		{"phases: [1, [a]]", "want a text, not a list"},
		{"phases: { a: b }", "want a list, not a mapping"},
		{"constants: { a: 1, b: x }", ""},
		{"constants: [a]", "want a mapping of keys to values, not a list"},
		{"constants: { a: [x] }", "want a text, not a list"},
		{"transitions: [{ id: a, public: true }]", ""},
		{"transitions: [{ id: a, public: 1 }]", "want true or false, not a number"},
		{"transitions: [{ id: a, then: { open: { form: x } } }]", ""},
		{"transitions: [{ id: a, then: { open: x } }]", "want a mapping of keys to values, not a text"},
		{"transitions: [{ id: a, origin: { file: x } }]", `unknown key "origin"`},
		{"transitions: [{ id: a, inputs: [{ examples: [1, 2.5, true, null, a, [b], { c: d }] }] }]", ""},
		{"transitions: [{ id: a, inputs: [{ examples: [.inf] }] }]", "want a number that JSON can hold"},
		{"transitions: [{ id: a, inputs: [{ examples: [{ a: [-.inf] }] }] }]", "want a number that JSON can hold"},
		{"transitions: [{ id: a, inputs: [{ fields: [{ fields: [{ nmae: x }] }] }] }]", `unknown key "nmae"; did you mean "name"?`},
	}
	for _, c := range cases {
		problems := loaded("form: x\n" + c.line + "\n")
		switch {
		case c.want == "" && problems != "":
			t.Errorf("%s\nis refused: %s", c.line, problems)
		case !strings.Contains(problems, c.want):
			t.Errorf("%s\nsays %q, want %q", c.line, problems, c.want)
		}
	}
}

func TestMisspeltKeysAreGuessed(t *testing.T) {
	cases := map[string]string{
		"transition": "transitions", "Version": "version", "sumary": "summary", "phasess": "phases", "tittle": "title",
		"x": "", "colour": "", "ordre": "order", strings.Repeat("transitions", 20): "",
	}
	for key, want := range cases {
		got := loaded("form: x\n" + key + ": 1\n")
		if guessed := strings.Contains(got, "did you mean"); guessed != (want != "") || !strings.Contains(got, want) {
			t.Errorf("%s: said %s, want %q", key, got, want)
		}
	}
}
