package main_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	program "hejnal/cmd/hejnal"
)

const schema = `{
	"for": {"type": "integer"}, "note": {"type": "string"}, "share": {"type": "number"}, "yes": {"type": "boolean"},
	"languages": {"type": "array", "items": {"type": "string"}}, "years": {"type": "array", "items": {"type": "integer"}},
	"people": {"type": "array", "items": {"type": "object"}}, "place": {"type": "object"}, "value": {}
}`

func TestInputsHaveTheTypesOfTheirSchema(t *testing.T) {
	for name, c := range map[string]struct {
		written []string
		file    string
		want    string // JSON, or what the refusal says
	}{
		"none":                    {nil, "", `{}`},
		"a whole number":          {[]string{"for=30"}, "", `{"for":30}`},
		"a text that is a number": {[]string{"note=30"}, "", `{"note":"30"}`},
		"a text with =":           {[]string{"note=a=b"}, "", `{"note":"a=b"}`},
		"an empty text":           {[]string{"note="}, "", `{"note":""}`},
		"number and boolean":      {[]string{"share=0.5", "yes=true"}, "", `{"share":0.5,"yes":true}`},
		"a list by repeating":     {[]string{"languages=pl", "languages=en"}, "", `{"languages":["pl","en"]}`},
		"a list of one":           {[]string{"languages=pl"}, "", `{"languages":["pl"]}`},
		"a list as JSON":          {[]string{`languages=["pl","en"]`}, "", `{"languages":["pl","en"]}`},
		"a list of numbers":       {[]string{"years=2025", "years=2026"}, "", `{"years":[2025,2026]}`},
		"objects":                 {[]string{`people={"n":1}`, `place={"n":2}`}, "", `{"people":[{"n":1}],"place":{"n":2}}`},
		"a value of any type":     {[]string{"value=7"}, "", `{"value":7}`},
		"a text of any type":      {[]string{"value=seven"}, "", `{"value":"seven"}`},
		"not in the schema":       {[]string{"other=seven"}, "", `{"other":"seven"}`},
		"from a file":             {nil, `{"for": 12, "note": "x"}`, `{"for":12,"note":"x"}`},
		"over a file":             {[]string{"for=30"}, `{"for": 12, "note": "x"}`, `{"for":30,"note":"x"}`},
		"no number":               {[]string{"for=many"}, "", `for takes a whole number, not "many"`},
		"no whole number":         {[]string{"years=1.5"}, "", `a whole number`},
		"no boolean":              {[]string{"yes=so"}, "", `true or false`},
		"no object":               {[]string{"people=Anna"}, "", `an object in JSON`},
		"twice":                   {[]string{"for=1", "for=2"}, "", `takes one value`},
		"no name":                 {[]string{"=1"}, "", `name=value`},
		"no value":                {[]string{"for"}, "", `name=value`},
		"a file without JSON":     {nil, `for=1`, `no JSON object`},
		"a file with a list":      {nil, `[1]`, `no JSON object`},
		"a file with null":        {nil, `null`, `no JSON object`},
	} {
		t.Run(name, func(t *testing.T) {
			var properties map[string]any
			if err := json.Unmarshal([]byte(schema), &properties); err != nil {
				t.Fatal(err)
			}
			file := ""
			if c.file != "" {
				file = "-"
			}
			inputs, err := program.InputsOf(c.written, file, strings.NewReader(c.file), properties)
			if err != nil {
				if strings.HasPrefix(c.want, "{") || !strings.Contains(err.Error(), c.want) {
					t.Errorf("refused: %v", err)
				}
				return
			}
			got, err := json.Marshal(inputs)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
