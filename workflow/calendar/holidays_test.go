package calendar_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"hejnal/workflow/calendar"
)

// daysOff are those of the act of 18 January 1951, by its text since 2025, by year; Easter by the calendars printed for those
// years. Easter Sunday and Pentecost are Sundays and not listed.
var daysOff = map[int][]calendar.Date{
	2024: off("2024", "04-01", "05-30"),
	2025: append(off("2025", "04-21", "06-19"), "2025-12-24"),
	2026: append(off("2026", "04-06", "06-04"), "2026-12-24"),
	2027: append(off("2027", "03-29", "05-27"), "2027-12-24"),
	2028: append(off("2028", "04-17", "06-15"), "2028-12-24"),
	2029: append(off("2029", "04-02", "05-31"), "2029-12-24"),
	2030: append(off("2030", "04-22", "06-20"), "2030-12-24"),
}

func off(year, easterMonday, corpusChristi string) []calendar.Date {
	var days []calendar.Date
	for _, day := range []string{"01-01", "01-06", easterMonday, "05-01", "05-03", corpusChristi, "08-15", "11-01", "11-11", "12-25", "12-26"} {
		days = append(days, calendar.Date(year+"-"+day))
	}
	return days
}

func weekday(day calendar.Date) time.Weekday { return day.StartOf(time.UTC).Weekday() }

// daysOf lists the days of a year.
func daysOf(year int) []calendar.Date {
	var days []calendar.Date
	end := calendar.Date(fmt.Sprintf("%d-12-31", year))
	for day := calendar.Date(fmt.Sprintf("%d-01-01", year)); day <= end; day = day.PlusDays(1) {
		days = append(days, day)
	}
	return days
}

func TestNobodyWorksOnPolishPublicHolidays(t *testing.T) {
	for year, off := range daysOff {
		for _, day := range daysOf(year) {
			want := weekday(day) != time.Saturday && weekday(day) != time.Sunday && !slices.Contains(off, day)
			if calendar.IsWorkingDay(day) != want {
				t.Errorf("%s is a working day: %v", day, !want)
			}
		}
	}
}

func TestAYearHasTheDaysOfWorkThatEmployersCount(t *testing.T) {
	// The published working time of each year gives another day off for every holiday on a Saturday.
	published := map[int]int{2024: 251, 2025: 249, 2026: 251, 2027: 251}
	for year, want := range published {
		got := 0
		for _, day := range daysOf(year) {
			if calendar.IsWorkingDay(day) {
				got++
			}
		}
		for _, day := range daysOff[year] {
			if weekday(day) == time.Saturday {
				got--
			}
		}
		if got != want {
			t.Errorf("%d has %d days of work, want %d", year, got, want)
		}
	}
}

func TestWorkingDaysAroundADate(t *testing.T) {
	cases := []struct{ date, next, before calendar.Date }{
		{"2025-11-12", "2025-11-12", "2025-11-12"}, // a Wednesday
		{"2025-11-08", "2025-11-10", "2025-11-07"}, // a Saturday
		{"2025-11-11", "2025-11-12", "2025-11-10"}, // a holiday between working days
		{"2025-12-24", "2025-12-29", "2025-12-23"}, // Christmas Eve to Sunday
		{"2024-12-24", "2024-12-24", "2024-12-24"}, // a working day still
		{"2026-04-04", "2026-04-07", "2026-04-03"}, // Easter
		{"2026-01-01", "2026-01-02", "2025-12-31"}, // over the new year
		{"9999-12-31", "9999-12-31", "9999-12-31"}, // a Friday, the last date
		{"", "", ""},
	}
	for _, c := range cases {
		if got := calendar.NextWorkingDay(c.date); got != c.next {
			t.Errorf("NextWorkingDay(%q) = %q, want %q", c.date, got, c.next)
		}
		if got := calendar.WorkingDayBefore(c.date); got != c.before {
			t.Errorf("WorkingDayBefore(%q) = %q, want %q", c.date, got, c.before)
		}
	}
	if calendar.IsWorkingDay("") {
		t.Error("the empty date is a working day")
	}
	if got := calendar.WorkingDayBefore(calendar.First); got != calendar.First {
		t.Errorf("before the first date lies %s", got)
	}
}
