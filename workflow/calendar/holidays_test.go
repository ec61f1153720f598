package calendar_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow/calendar"
)

// The days off of the act of 18 January 1951, by its text since 2025; Easter by the calendars printed for those years.
func TestPolishPublicHolidays(t *testing.T) {
	fixed := func(year, easterMonday, corpusChristi string, christmasEve bool) []calendar.Date {
		list := []calendar.Date{
			calendar.Date(year + "-01-01"), calendar.Date(year + "-01-06"), calendar.Date(year + "-" + easterMonday),
			calendar.Date(year + "-05-01"), calendar.Date(year + "-05-03"), calendar.Date(year + "-" + corpusChristi),
			calendar.Date(year + "-08-15"), calendar.Date(year + "-11-01"), calendar.Date(year + "-11-11"),
		}
		if christmasEve {
			list = append(list, calendar.Date(year+"-12-24"))
		}
		return append(list, calendar.Date(year+"-12-25"), calendar.Date(year+"-12-26"))
	}
	cases := map[int][]calendar.Date{
		2024: fixed("2024", "04-01", "05-30", false),
		2025: fixed("2025", "04-21", "06-19", true),
		2026: fixed("2026", "04-06", "06-04", true),
		2027: fixed("2027", "03-29", "05-27", true),
		2028: fixed("2028", "04-17", "06-15", true),
		2029: fixed("2029", "04-02", "05-31", true),
		2030: fixed("2030", "04-22", "06-20", true),
	}
	for year, want := range cases {
		var got []calendar.Date
		for _, holiday := range calendar.Holidays(year) {
			if holiday.Name == "" {
				t.Errorf("%s has no name", holiday.Date)
			}
			if calendar.IsWorkingDay(holiday.Date) {
				t.Errorf("%s %s is a working day", holiday.Date, holiday.Name)
			}
			got = append(got, holiday.Date)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("holidays of %d (-want +got):\n%s", year, diff)
		}
	}
}

func TestAYearHasTheDaysOfWorkThatEmployersCount(t *testing.T) {
	// The published working time of each year gives another day off for every holiday on a Saturday.
	published := map[int]int{2024: 251, 2025: 249, 2026: 251, 2027: 251}
	for year, want := range published {
		got := 0
		end := calendar.Date(fmt.Sprintf("%d-12-31", year))
		for day := calendar.Date(fmt.Sprintf("%d-01-01", year)); day <= end; day = day.PlusDays(1) {
			if calendar.IsWorkingDay(day) {
				got++
			}
		}
		for _, holiday := range calendar.Holidays(year) {
			if holiday.Date.StartOf(time.UTC).Weekday() == time.Saturday {
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
