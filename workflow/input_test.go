package workflow_test

import (
	"encoding/json"
	"strings"
	"testing"

	"hejnal/workflow"
)

// TestInputsAreReadByTheirType gives one input of each type a value as JSON and says how it is kept; "" is a refusal.
func TestInputsAreReadByTheirType(t *testing.T) {
	type place struct {
		form string
		walk []string
	}
	contacts, assessment := place{"twin_city_agreement", nil}, place{"twin_city_agreement", council[:1]}
	agenda, numbered := place{"twin_city_agreement", council[:5]}, place{"twin_city_agreement", council}
	analysis := place{"eu_programme", []string{"start_analysis"}}
	for name, test := range map[string]struct {
		at                place
		transition, input string
		raw, kept         string
	}{
		"a text":                              {contacts, "record_contact", "note", `"Spotkanie"`, `"Spotkanie"`},
		"a text with space around":            {contacts, "record_contact", "note", `"  Spotkanie\n"`, `"Spotkanie"`},
		"an empty text":                       {contacts, "record_contact", "note", `""`, ""},
		"a text of nothing visible":           {contacts, "record_contact", "note", `" \n\t"`, ""},
		"a text with lines and tabs":          {contacts, "record_contact", "note", `"a\n\tb"`, `"a\n\tb"`},
		"a text with a control character":     {contacts, "record_contact", "note", `"a\u0000b"`, ""},
		"a text of wide spaces alone":         {contacts, "record_contact", "note", `"\u00a0\u3000"`, ""},
		"a text of a wide space as it is":     {contacts, "record_contact", "note", "\"\u3000\"", ""},
		"a text of nothing but a next line":   {contacts, "record_contact", "note", `"\u0085"`, ""},
		"a text of marks that nobody sees":    {contacts, "record_contact", "note", `"\u200b\ufeff"`, ""},
		"a text of letters that nobody knows": {contacts, "record_contact", "note", `"\ue000\u0378"`, ""},
		"a text with an old control":          {contacts, "record_contact", "note", `"a\u009bb"`, ""},
		"a text that turns round":             {contacts, "record_contact", "note", "\"umowa\u202efdp.exe\"", ""},
		"a text with half a character":        {contacts, "record_contact", "note", `"a\ud800"`, ""},
		"a text with wide spaces in it":       {contacts, "record_contact", "note", `"\u00a0Dom\u00a0Krakowski\u3000"`, "\"Dom\u00a0Krakowski\""},
		"a text of 2,000 characters":          {contacts, "record_contact", "note", `"` + strings.Repeat("ą", 2000) + `"`, `"` + strings.Repeat("ą", 2000) + `"`},
		"a text of 2,001 characters":          {contacts, "record_contact", "note", `"` + strings.Repeat("ą", 2001) + `"`, ""},
		"a number is no text":                 {contacts, "record_contact", "note", `3`, ""},
		"null is no text":                     {contacts, "record_contact", "note", `null`, ""},
		"records":                             {contacts, "record_contact", "participants", `[{"office":" UMK ","count":2}]`, `[{"count":2,"office":"UMK"}]`},
		"records with an unknown field":       {contacts, "record_contact", "participants", `[{"office":"UMK","count":2,"name":"x"}]`, ""},
		"records without a required field":    {contacts, "record_contact", "participants", `[{"office":"UMK"}]`, ""},
		"records with an unseen text":         {contacts, "record_contact", "participants", `[{"office":"\u00a0","count":2}]`, ""},
		"no records":                          {contacts, "record_contact", "participants", `[]`, ""},
		"one of the values":                   {assessment, "complete_draft", "term", `"fixed"`, `"fixed"`},
		"none of the values":                  {assessment, "complete_draft", "term", `"for ever"`, ""},
		"a date":                              {assessment, "complete_draft", "term_until", `"2028-02-29"`, `"2028-02-29"`},
		"a date that does not exist":          {assessment, "complete_draft", "term_until", `"2027-02-29"`, ""},
		"a date and a time":                   {assessment, "complete_draft", "term_until", `"2027-02-28T10:00:00Z"`, ""},
		"a whole number":                      {agenda, "record_vote", "for", `20`, `20`},
		"a whole number with a decimal point": {agenda, "record_vote", "for", `20.0`, `20`},
		"a whole number with an exponent":     {agenda, "record_vote", "for", `2e1`, `20`},
		"a number that nobody can compare":    {agenda, "record_vote", "for", `1e999999`, ""},
		"a number just as small":              {agenda, "record_vote", "for", `1e-999999`, ""},
		"a number as long as a book":          {agenda, "record_vote", "for", strings.Repeat("1", 65), ""},
		"a number beyond the bound":           {agenda, "record_vote", "for", `1000000001`, ""},
		"an amount":                           {analysis, "decide_participation", "own_contribution", `"1234.50"`, `"1234.50"`},
		"an amount with a comma":              {analysis, "decide_participation", "own_contribution", `"1234,50"`, ""},
		"an amount below nothing":             {analysis, "decide_participation", "own_contribution", `"-1"`, ""},
		"an amount of three places":           {analysis, "decide_participation", "own_contribution", `"1.234"`, ""},
		"an address":                          {numbered, "publish", "bip_url", `"https://www.bip.krakow.pl/?dok_id=1"`, `"https://www.bip.krakow.pl/?dok_id=1"`},
		"an address that runs something":      {numbered, "publish", "bip_url", `"javascript:alert(1)"`, ""},
		"an address that turns round":         {numbered, "publish", "bip_url", "\"https://krakow.pl/\u202efdp.exe\"", ""},
		"an address without a scheme":         {numbered, "publish", "bip_url", `"www.bip.krakow.pl"`, ""},
		"an object":                           {numbered, "publish", "metadata", `{"unit":"KRMiDK","published_on":"2026-03-02"}`, `{"published_on":"2026-03-02","unit":"KRMiDK"}`},
		"an object with a wrong date":         {numbered, "publish", "metadata", `{"published_on":"2026-02-30"}`, ""},
		"codes":                               {numbered, "prepare_signing", "languages", `["pl","fr"]`, `["pl","fr"]`},
		"codes that repeat":                   {numbered, "prepare_signing", "languages", `["pl","pl"]`, ""},
		"codes with a space":                  {numbered, "prepare_signing", "languages", `["p l"]`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := open(t, test.at.form)
			walk(t, w, test.at.walk...)
			command := command(t, w, test.transition)
			command.Inputs[test.input] = json.RawMessage(test.raw)
			change, refusal := w.Decide(command)
			switch {
			case test.kept == "" && (refusal == nil || refusal.Kind != workflow.Invalid):
				t.Errorf("answered %v", refusal)
			case test.kept == "":
				if e := refusal.Errors[0]; !strings.HasPrefix(e.Pointer, "/inputs/"+test.input) || !e.Message.Complete() {
					t.Errorf("refused at %+v", refusal.Errors)
				}
			case refusal != nil:
				t.Errorf("refused: %v", refusal)
			case string(change.Act.Inputs[test.input]) != test.kept:
				t.Errorf("kept as %s, want %s", change.Act.Inputs[test.input], test.kept)
			}
		})
	}
}
