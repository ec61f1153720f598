package frame_test

import (
	"testing"
	"time"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow/calendar"
)

func TestNumbersHaveTheirNouns(t *testing.T) {
	for number, want := range map[int][2]string{
		0: {"0 zadań", "0 tasks"}, 1: {"1 zadanie", "1 task"}, 2: {"2 zadania", "2 tasks"}, 4: {"4 zadania", "4 tasks"}, 5: {"5 zadań", "5 tasks"},
		11: {"11 zadań", "11 tasks"}, 12: {"12 zadań", "12 tasks"}, 14: {"14 zadań", "14 tasks"}, 21: {"21 zadań", "21 tasks"}, 22: {"22 zadania", "22 tasks"},
		102: {"102 zadania", "102 tasks"}, 112: {"112 zadań", "112 tasks"},
	} {
		for i, language := range []string{"pl", "en"} {
			if got := frame.WordsOf(language).Count(number, "zadanie|zadania|zadań", "task|tasks"); got != want[i] {
				t.Errorf("got %q, want %q", got, want[i])
			}
		}
	}
}

func TestDaysAndMomentsInWords(t *testing.T) {
	polish, english := frame.WordsOf("pl"), frame.WordsOf("en")
	for date, want := range map[calendar.Date][2]string{
		"2026-03-12": {"12 marca 2026", "12 March 2026"}, "2026-10-01": {"1 października 2026", "1 October 2026"}, "": {"", ""}, "ok. 1974": {"ok. 1974", "ok. 1974"},
	} {
		if got := polish.Day(date); got != want[0] {
			t.Errorf("%q: got %q, want %q", date, got, want[0])
		}
		if got := english.Day(date); got != want[1] {
			t.Errorf("%q: got %q, want %q", date, got, want[1])
		}
	}
	// Half past eleven at night in UTC is the next day in Kraków.
	at := time.Date(2026, 3, 12, 23, 30, 0, 0, time.UTC)
	if got := polish.Moment(at); got != "13 marca 2026, 00:30" {
		t.Errorf("got %q", got)
	}
	if got := english.Moment(time.Time{}); got != "" {
		t.Errorf("no moment is %q", got)
	}
}

func TestDueDatesInWords(t *testing.T) {
	for due, want := range map[calendar.Date][2]string{
		"": {"bez terminu", "no due date"}, "2026-03-12": {"dziś", "today"}, "2026-03-13": {"jutro", "tomorrow"}, "2026-03-15": {"za 3 dni", "in 3 days"},
		"2026-03-11": {"po terminie o 1 dzień", "overdue by 1 day"}, "2026-03-02": {"po terminie o 10 dni", "overdue by 10 days"}, "2031-03-12": {"12 marca 2031", "12 March 2031"},
	} {
		for i, language := range []string{"pl", "en"} {
			if got := frame.WordsOf(language).Due(due, "2026-03-12"); got != want[i] {
				t.Errorf("%q: got %q, want %q", due, got, want[i])
			}
		}
	}
}

func TestHowLongAgoInWords(t *testing.T) {
	for passed, want := range map[time.Duration][2]string{
		time.Second: {"przed chwilą", "just now"}, time.Minute: {"1 minutę temu", "1 minute ago"}, 3 * time.Hour: {"3 godziny temu", "3 hours ago"},
		50 * time.Hour: {"2 dni temu", "2 days ago"},
	} {
		for i, language := range []string{"pl", "en"} {
			if got := frame.WordsOf(language).Ago(passed); got != want[i] {
				t.Errorf("%s: got %q, want %q", passed, got, want[i])
			}
		}
	}
}

func TestSizesInWords(t *testing.T) {
	for size, want := range map[int64][2]string{
		1: {"1 bajt", "1 byte"}, 900: {"900 bajtów", "900 bytes"}, 2048: {"2 KB", "2 KB"}, 3 << 19: {"1,5 MB", "1.5 MB"},
	} {
		for i, language := range []string{"pl", "en"} {
			if got := frame.WordsOf(language).Size(size); got != want[i] {
				t.Errorf("%d: got %q, want %q", size, got, want[i])
			}
		}
	}
}
