package workflow_test

import (
	"testing"

	"hejnal/workflow"
)

func TestRomanNumeralsHaveOneForm(t *testing.T) {
	for number := 1; number <= 3999; number++ {
		if back := workflow.Arabic(workflow.Roman(number)); back != number {
			t.Fatalf("%d became %s and then %d", number, workflow.Roman(number), back)
		}
	}
	for _, number := range []int{-1, 0, 4000} {
		if got := workflow.Roman(number); got != "" {
			t.Errorf("Roman(%d) = %q", number, got)
		}
	}
	for _, text := range []string{"", "IIII", "VX", "IC", "MCMC", "xii", "12", "XIIA", "MMMM"} {
		if got := workflow.Arabic(text); got != 0 {
			t.Errorf("Arabic(%q) = %d", text, got)
		}
	}
}

func TestResolutionNumbersAreReadAndWrittenInOneForm(t *testing.T) {
	for name, test := range map[string]struct{ written, kept string }{
		"as the City writes it":       {"CXXI/1934/14", "CXXI/1934/14"},
		"Arabic session":              {"121/1934/14", "CXXI/1934/14"},
		"year of four digits":         {"XII/345/2026", "XII/345/26"},
		"spaces around the parts":     {" XII / 345 / 26 ", "XII/345/26"},
		"small letters":               {"xii/345/26", "XII/345/26"},
		"session of four digits":      {"3999/1/00", "MMMCMXCIX/1/00"},
		"year in the first decade":    {"I/1/05", "I/1/05"},
		"zeroes in front":             {"012/0345/26", "XII/345/26"},
		"no Roman numeral":            {"IIX/345/26", ""},
		"session zero":                {"0/345/26", ""},
		"running number zero":         {"XII/0/26", ""},
		"session beyond Roman":        {"4000/1/26", ""},
		"year of three digits":        {"XII/345/026", ""},
		"two parts":                   {"XII/345", ""},
		"four parts":                  {"XII/345/26/1", ""},
		"nothing":                     {"", ""},
		"a dash":                      {"XII-345-26", ""},
		"Polish letters":              {"XIĘ/345/26", ""},
		"a Roman session with digits": {"X2/345/26", ""},
	} {
		t.Run(name, func(t *testing.T) {
			number, ok := workflow.ParseResolutionNumber(test.written)
			if ok != (test.kept != "") {
				t.Fatalf("read %v, %+v", ok, number)
			}
			if ok && number.String() != test.kept {
				t.Errorf("kept as %s, want %s", number, test.kept)
			}
		})
	}
}

func FuzzParseResolutionNumber(f *testing.F) {
	for _, seed := range []string{"CXXI/1934/14", "121/1934/2014", " i / 1 / 00 ", "MMMCMXCIX/99999/99", "0/0/0", "X/1/\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		number, ok := workflow.ParseResolutionNumber(text)
		if !ok {
			if number != (workflow.ResolutionNumber{}) {
				t.Errorf("%q was not read, yet gave %+v", text, number)
			}
			return
		}
		if again, ok := workflow.ParseResolutionNumber(number.String()); !ok || again != number {
			t.Errorf("%q became %s and then %+v, %v", text, number, again, ok)
		}
	})
}
