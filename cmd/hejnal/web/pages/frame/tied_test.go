package frame_test

import (
	"html/template"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

func TestNoLinePartsANumberAndItsNounOrAWordOfOneLetterAndTheNext(t *testing.T) {
	for language, texts := range map[string]map[string]string{
		"pl": {
			"Umowa o partnerstwie": "Umowa o~partnerstwie", "i w mieście": "i~w~mieście", "(z Bordeaux)": "(z~Bordeaux)", "Do 25 MB.": "Do 25~MB.",
			"1,5 MB": "1,5~MB", "tylko o": "tylko o", "w 2026": "w 2026", "sprawa 12/2026 jest": "sprawa 12/2026 jest", "rok 2026 jest": "rok 2026 jest",
			"": "", " ": " ", "a  b": "a  b", "Kraków": "Kraków",
		},
		"en": {"a case of 2 cities": "a case of 2~cities"},
	} {
		for text, want := range texts {
			page, err := template.New("").Funcs(frame.Functions(language)).Parse("{{in .}}")
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			if err := page.Execute(&got, workflow.Text{PL: text, EN: text}); err != nil {
				t.Fatal(err)
			}
			if got := strings.ReplaceAll(got.String(), "\u00a0", "~"); got != want {
				t.Errorf("%s: %q became %q, want %q", language, text, got, want)
			}
		}
	}
}

func TestDatesAndCountsStandTogether(t *testing.T) {
	page, err := template.New("").Funcs(frame.Functions("pl")).Parse(`{{day .}}|{{due . .}}|{{count 3 "dzień|dni|dni" ""}}|{{t "Umowa o" ""}} {{day .}}|{{size 2048}}|{{known "2026-11-29"}}`)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	if err := page.Execute(&got, calendar.Date("2026-11-29")); err != nil {
		t.Fatal(err)
	}
	const want = "29~listopada 2026|dziś|3~dni|Umowa o 29~listopada 2026|2~KB|29~listopada 2026"
	if got := strings.ReplaceAll(got.String(), "\u00a0", "~"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
