package calendar_test

import (
	"math"
	"testing"
	"time"

	"hejnal/workflow/calendar"
)

func TestParseTakesOnlyDatesThatExist(t *testing.T) {
	for _, text := range []string{"2024-02-29", "2026-12-31", "0001-01-01", "9999-12-31"} {
		if got, err := calendar.Parse(text); err != nil || string(got) != text {
			t.Errorf("Parse(%q) = %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "2025-02-29", "2025-13-01", "2025-1-1", "01.02.2025", "2025-01-01T00:00:00Z", "0000-01-01", "10000-01-01"} {
		if got, err := calendar.Parse(text); err == nil {
			t.Errorf("Parse(%q) = %q, want an error", text, got)
		}
	}
}

func TestSumsOfDates(t *testing.T) {
	cases := []struct {
		what string
		got  calendar.Date
		want calendar.Date
	}{
		{"a leap day is counted", calendar.Date("2024-02-28").PlusDays(2), "2024-03-01"},
		{"a common year has none", calendar.Date("2025-02-28").PlusDays(1), "2025-03-01"},
		{"1900 was no leap year", calendar.Date("1900-02-28").PlusDays(1), "1900-03-01"},
		{"2000 was one", calendar.Date("2000-02-28").PlusDays(1), "2000-02-29"},
		{"back over the new year", calendar.Date("2026-01-01").PlusDays(-1), "2025-12-31"},
		{"over the night of 23 hours", calendar.Date("2025-03-29").PlusDays(2), "2025-03-31"},
		{"over the night of 25 hours", calendar.Date("2025-10-25").PlusDays(2), "2025-10-27"},
		{"90 days over both changes of clocks", calendar.Date("2025-03-01").PlusDays(90), "2025-05-30"},
		{"a month from 31 January", calendar.Date("2025-01-31").PlusMonths(1), "2025-02-28"},
		{"a month from 31 January of a leap year", calendar.Date("2024-01-31").PlusMonths(1), "2024-02-29"},
		{"months over the new year", calendar.Date("2025-11-30").PlusMonths(3), "2026-02-28"},
		{"months back", calendar.Date("2025-03-31").PlusMonths(-1), "2025-02-28"},
		{"a year from a leap day", calendar.Date("2024-02-29").PlusMonths(12), "2025-02-28"},
		{"four years from a leap day", calendar.Date("2024-02-29").PlusMonths(48), "2028-02-29"},
		{"days beyond the last date", calendar.Date("2025-01-01").PlusDays(math.MaxInt), calendar.Last},
		{"days before the first date", calendar.Date("2025-01-01").PlusDays(math.MinInt), calendar.First},
		{"months beyond the last date", calendar.Date("9999-12-01").PlusMonths(1), calendar.Last},
		{"months before the first date", calendar.Date("2025-01-01").PlusMonths(math.MinInt), calendar.First},
		{"the empty date and days", calendar.Date("").PlusDays(3), ""},
		{"the empty date and months", calendar.Date("").PlusMonths(3), ""},
		{"the later date", calendar.Max("2025-01-02", "2024-12-31"), "2025-01-02"},
		{"a date is later than none", calendar.Max("", "2024-12-31"), "2024-12-31"},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, c.got, c.want)
		}
	}
}

func TestAMomentLiesOnItsDateInWarsaw(t *testing.T) {
	cases := map[string]calendar.Date{
		"2025-03-29T22:59:59Z": "2025-03-29", // winter time, one hour ahead of UTC
		"2025-03-29T23:00:00Z": "2025-03-30",
		"2025-03-30T21:59:59Z": "2025-03-30", // summer time since 01:00 UTC
		"2025-03-30T22:00:00Z": "2025-03-31",
		"2025-10-25T22:00:00Z": "2025-10-26",
		"2025-10-26T22:59:59Z": "2025-10-26",
		"2025-10-26T23:00:00Z": "2025-10-27",
		"2040-07-01T22:00:00Z": "2040-07-02", // beyond the table, by its rule
		"2040-12-31T23:00:00Z": "2041-01-01",
	}
	for text, want := range cases {
		moment, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		if got := calendar.Of(moment, calendar.Zone()); got != want {
			t.Errorf("Of(%s) = %s, want %s", text, got, want)
		}
	}
}

func TestADateBeginsAtMidnightInWarsaw(t *testing.T) {
	cases := map[calendar.Date]string{
		"2025-03-30": "2025-03-29T23:00:00Z",
		"2025-03-31": "2025-03-30T22:00:00Z",
		"2025-10-27": "2025-10-26T23:00:00Z",
	}
	for date, want := range cases {
		if got := date.StartOf(calendar.Zone()).UTC().Format(time.RFC3339); got != want {
			t.Errorf("%s begins at %s, want %s", date, got, want)
		}
	}
	if !calendar.Date("").StartOf(calendar.Zone()).IsZero() {
		t.Error("the empty date begins at a moment")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"2024-02-29", "2025-02-29", "", "9999-12-31", "-001-01-01", "2100-02-29", "2000-02-29", "2026-04-31", "2026-0a-01", "2026/01/01"} {
		f.Add(seed, 1)
	}
	f.Fuzz(func(t *testing.T, text string, n int) {
		date, err := calendar.Parse(text)
		if day, wrong := time.Parse(time.DateOnly, text); (err == nil) != (wrong == nil && day.Year() > 0) {
			t.Errorf("Parse(%q) answers %v, package time %v", text, err, wrong)
		}
		if err != nil {
			return
		}
		for _, sum := range []calendar.Date{date.PlusDays(n), date.PlusMonths(n)} {
			if _, err := calendar.Parse(string(sum)); err != nil {
				t.Errorf("%s and %d give %q", date, n, sum)
			}
			if (n > 0 && sum < date) || (n < 0 && sum > date) {
				t.Errorf("%s and %d give %s, on the wrong side", date, n, sum)
			}
		}
	})
}

func TestDaysUntil(t *testing.T) {
	for _, c := range []struct {
		from, to calendar.Date
		want     int
	}{
		{"2026-03-28", "2026-03-30", 2}, // summer time begins between them
		{"2026-03-30", "2026-03-28", -2},
		{"2024-02-28", "2024-03-01", 2},
		{"2026-01-01", "2026-01-01", 0},
		{"", "2026-01-01", 0},
		{"2026-01-01", "", 0},
	} {
		if got := c.from.DaysUntil(c.to); got != c.want {
			t.Errorf("from %q to %q: got %d, want %d", c.from, c.to, got, c.want)
		}
	}
}
