package calendar_test

import (
	"fmt"
	"testing"

	"hejnal/workflow/calendar"
)

func TestLimitsOfTheProcedure(t *testing.T) {
	delivery := calendar.Limit{Days: 7, Rolls: calendar.RollsNext}
	supervision := calendar.Limit{Days: 30, Rolls: calendar.RollsNext}
	reconsideration := calendar.Limit{Days: 14, Rolls: calendar.RollsNext}
	cases := []struct {
		what       string
		limit      calendar.Limit
		start, due calendar.Date
	}{
		{"the day after is day 1", delivery, "2025-11-05", "2025-11-12"},
		{"the last day is a holiday", delivery, "2025-11-04", "2025-11-12"},
		{"the last day is a Saturday", delivery, "2025-11-15", "2025-11-24"},
		{"the last day is Christmas Eve", delivery, "2025-12-17", "2025-12-29"},
		{"Christmas Eve was a working day in 2024", delivery, "2024-12-17", "2024-12-24"},
		{"over the leap day", supervision, "2024-01-31", "2024-03-01"},
		{"over a February of 28 days", supervision, "2025-01-31", "2025-03-03"},
		{"over the change to summer time", reconsideration, "2025-03-20", "2025-04-03"},
		{"over the change to winter time", reconsideration, "2025-10-20", "2025-11-03"},
		{"the agenda is a plain date", calendar.Limit{Days: 90}, "2025-11-03", "2026-02-01"},
		{"a review after a year", calendar.Limit{Months: 12}, "2024-02-29", "2025-02-28"},
		{"months and days", calendar.Limit{Months: 1, Days: 1}, "2025-01-31", "2025-03-01"},
		{"a reminder comes before the day off", calendar.Limit{Rolls: calendar.RollsBefore}, "2026-05-03", "2026-04-30"},
		{"no length is the day itself", calendar.Limit{}, "2026-05-03", "2026-05-03"},
		{"no length, but a day off", calendar.Limit{Rolls: calendar.RollsNext}, "2026-05-03", "2026-05-04"},
		{"an event without a date has no limit", delivery, "", ""},
	}
	for _, c := range cases {
		if got := c.limit.Due(c.start); got != c.due {
			t.Errorf("%s: %+v from %s is due on %s, want %s", c.what, c.limit, c.start, got, c.due)
		}
	}
}

func ExampleLimit_Due() {
	delivery := calendar.Limit{Days: 7, Rolls: calendar.RollsNext}
	fmt.Println(delivery.Due("2025-11-04")) // 11 November is a holiday
	// Output: 2025-11-12
}
