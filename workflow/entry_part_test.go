package workflow_test

import (
	"encoding/json"
	"strings"
	"testing"

	"hejnal/workflow"
)

func TestACorrectionPointsAtAFieldThatTheEntryHas(t *testing.T) {
	w := open(t, "informal_cooperation")
	do(t, w, "record_contact", inputs{"participants": []any{map[string]any{"office": "Urząd", "count": 2}}})
	for pointer, value := range map[string]any{
		"/inputs/note": "Spotkanie", "/comment": "Uwaga", "/justification": "", "/occurred_on": string(w.Office.Moment().Today),
		"/inputs/participants/0/count": 3, "/inputs/participants/0": map[string]any{"office": "Urząd", "count": 3},
	} {
		if _, refusal := w.Decide(command(t, w, "correct_entry", inputs{"field": pointer, "value": value})); refusal != nil {
			t.Errorf("%s: %v", pointer, refusal)
		}
	}
	for _, pointer := range []string{
		"/inputs/nosuch", "/seq", "/inputs", "note", "/inputs/note2", "/", "/comment/0", "/inputs/note/0", "/inputs/participants/1/count",
		"/inputs/participants/00/count", "/inputs/participants/-1", "/inputs/participants/0/nosuch",
	} {
		wrong := refused(t, w, command(t, w, "correct_entry", inputs{"field": pointer}), workflow.Invalid).Errors
		if len(wrong) != 1 || wrong[0].Pointer != "/inputs/field" {
			t.Errorf("%s, which the entry does not have: %+v", pointer, wrong)
		}
	}
}

func TestARightValueIsJudgedAsTheFieldThatItCorrects(t *testing.T) {
	w := onAgenda(t, "twin_city_agreement")
	tomorrow := string(w.Office.Moment().Today.PlusDays(1))
	for name, one := range map[string]struct {
		field string
		value any
		kept  string // empty: refused
	}{
		"a day that exists":                  {"/inputs/session_date", "2026-03-28", `"2026-03-28"`},
		"a day before the act it hangs on":   {"/inputs/session_date", "2026-02-28", ""},
		"a word for a day":                   {"/inputs/session_date", "jutro", ""},
		"a number":                           {"/inputs/session_number", 70, "70"},
		"a word for a number":                {"/inputs/session_number", "siedemdziesiąt", ""},
		"a number beyond its bound":          {"/inputs/session_number", -1, ""},
		"the day of the act":                 {"/occurred_on", "2026-03-02", `"2026-03-02"`},
		"a day before acts that it rests on": {"/occurred_on", "2026-02-28", ""},
		"a day of the act never was":         {"/occurred_on", "2199-13-45", ""},
		"a day of the act is to come":        {"/occurred_on", tomorrow, ""},
		"a day of the act is too long ago":   {"/occurred_on", "0126-02-28", ""},
		"a number for a day of the act":      {"/occurred_on", 20260228, ""},
		"a remark":                           {"/comment", " Uwaga ", `"Uwaga"`},
		"a remark that is none":              {"/comment", 7, ""},
		"a remark that is not seen":          {"/comment", "\u202e", ""},
		"a remark that is too long":          {"/justification", strings.Repeat("ż", 4_001), ""},
	} {
		t.Run(name, func(t *testing.T) {
			correction := command(t, w, "correct_entry", inputs{"field": one.field, "value": one.value})
			if one.kept == "" {
				wrong := refused(t, w, correction, workflow.Invalid).Errors
				if len(wrong) != 1 || wrong[0].Pointer != "/inputs/value" || !wrong[0].Message.Complete() {
					t.Errorf("refused by %+v", wrong)
				}
				return
			}
			change, refusal := w.Decide(correction)
			if refusal != nil {
				t.Fatal(refusal)
			}
			if got := string(change.Act.Inputs["value"]); got != one.kept {
				t.Errorf("kept %s, want %s", got, one.kept)
			}
		})
	}
}

func TestARightValueIsKeptAsItsFieldKeepsIt(t *testing.T) {
	w := onAgenda(t, "twin_city_agreement")
	walk(t, w, "record_vote")
	numbered := do(t, w, "number_resolution").Act
	if len(numbered.Inputs["resolution_number"]) == 0 {
		t.Fatalf("inputs %v", numbered.Inputs)
	}
	change, refusal := w.Decide(command(t, w, "correct_entry", inputs{"corrects": numbered.ID, "field": "/inputs/resolution_number", "value": " xlii / 1934 / 26"}))
	if refusal != nil {
		t.Fatal(refusal)
	}
	var kept string
	if err := json.Unmarshal(change.Act.Inputs["value"], &kept); err != nil || kept != "XLII/1934/26" {
		t.Errorf("kept %q, %v", kept, err)
	}
}
