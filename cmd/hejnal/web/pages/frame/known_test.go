package frame_test

import (
	"testing"

	"hejnal/cmd/hejnal/web/pages/frame"
)

func TestADateThatIsKnownInPartIsWrittenAsFar(t *testing.T) {
	for date, want := range map[string]struct{ pl, en string }{
		"":           {"nieznana", "not known"},
		"1993":       {"1993", "1993"},
		"2016-06":    {"czerwiec 2016", "June 2016"},
		"2024-11":    {"listopad 2024", "November 2024"},
		"2016-13":    {"2016-13", "2016-13"},
		"1991-12-09": {"9 grudnia 1991", "9 December 1991"},
	} {
		if got := frame.WordsOf("pl").Known(date); got != want.pl {
			t.Errorf("%q is %q in Polish", date, got)
		}
		if got := frame.WordsOf("en").Known(date); got != want.en {
			t.Errorf("%q is %q in English", date, got)
		}
	}
}
