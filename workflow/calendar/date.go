package calendar

import (
	"encoding/json"
	"fmt"
	"time"
)

// Date is a calendar date of the installation's time zone, written YYYY-MM-DD. Dates compare as strings; the empty
// Date means that no date is known or set.
type Date string

const layout = "2006-01-02"

// Parse reads a date written YYYY-MM-DD and refuses dates that do not exist.
func Parse(text string) (Date, error) {
	if !exists(text) {
		return "", fmt.Errorf("read date %q: want YYYY-MM-DD", text)
	}
	return Date(text), nil
}

// exists reports whether a text is a date from the year 1 on. Rules read dates often; to parse a moment costs ten times as much.
func exists(text string) bool {
	if len(text) != len(layout) || text[4] != '-' || text[7] != '-' {
		return false
	}
	year, month, day := number(text[:4]), number(text[5:7]), number(text[8:])
	if year < 1 || month < 1 || month > 12 || day < 1 {
		return false
	}
	return day <= 28 || day <= time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// number reads digits; anything else gives -1.
func number(digits string) int {
	sum := 0
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return -1
		}
		sum = 10*sum + int(digits[i]-'0')
	}
	return sum
}

// Of returns the date on which the moment lies in the zone.
func Of(moment time.Time, zone *time.Location) Date {
	return Date(moment.In(zone).Format(layout))
}

// The first and the last date that can be written; sums beyond them stay at them.
const (
	First Date = "0001-01-01"
	Last  Date = "9999-12-31"
)

// daysOfAll is more than the days, and so more than the months, between First and Last.
const daysOfAll = 4_000_000

// PlusDays returns the date n calendar days later (earlier when n is negative). The empty date stays empty.
func (d Date) PlusDays(n int) Date {
	if d == "" {
		return d
	}
	return within(d.time().AddDate(0, 0, bounded(n)))
}

// PlusMonths returns the same day n months later; a day that the month lacks becomes the month's last day. The empty
// date stays empty.
func (d Date) PlusMonths(n int) Date {
	if d == "" {
		return d
	}
	day := d.time()
	first := time.Date(day.Year(), day.Month()+time.Month(bounded(n)), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return within(first.AddDate(0, 0, min(day.Day(), last)-1))
}

// DaysUntil returns how many days lie between the date and another: negative where the other is earlier, 0 where one of them
// is empty.
func (d Date) DaysUntil(other Date) int {
	if d == "" || other == "" {
		return 0
	}
	return int(other.time().Sub(d.time()) / (24 * time.Hour))
}

// Max returns the later of the two dates; an empty date is earlier than every other.
func Max(a, b Date) Date {
	if a > b {
		return a
	}
	return b
}

func bounded(n int) int { return max(-daysOfAll, min(n, daysOfAll)) }

func within(moment time.Time) Date {
	switch year := moment.Year(); {
	case year < 1:
		return First
	case year > 9999:
		return Last
	default:
		return Date(moment.Format(layout))
	}
}

func (d Date) time() time.Time {
	day, err := time.Parse(layout, string(d))
	if err != nil {
		return time.Time{}
	}
	return day
}

// MarshalJSON writes the date as text, and the empty date as null.
func (d Date) MarshalJSON() ([]byte, error) {
	if d == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(d))
}
