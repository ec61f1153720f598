package calendar

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/pl"
)

// statutory are the holidays of the Polish act on days off. The library counts in time.Local unless told otherwise, and
// a zone whose clocks change at midnight can shift its days; dates have no zone, so it counts in UTC here.
var statutory = func() []*cal.Holiday {
	cal.DefaultLoc = time.UTC
	return pl.Holidays
}()

// IsWorkingDay reports whether the date is neither a Saturday nor a Sunday nor a Polish public holiday, by the law of 2011
// and later, with 24 December from 2025. The empty date is no working day.
func IsWorkingDay(d Date) bool {
	if d == "" {
		return false
	}
	switch moment := d.time(); moment.Weekday() {
	case time.Saturday, time.Sunday:
		return false
	default:
		return !isHoliday(moment)
	}
}

func isHoliday(moment time.Time) bool {
	for _, holiday := range statutory {
		if day, _ := holiday.Calc(moment.Year()); !day.IsZero() && day.YearDay() == moment.YearDay() {
			return true
		}
	}
	return false
}

// NextWorkingDay returns the first working day on or after the date. The empty date stays empty.
func NextWorkingDay(d Date) Date { return d.roll(1) }

// WorkingDayBefore returns the last working day on or before the date. The empty date stays empty.
func WorkingDayBefore(d Date) Date { return d.roll(-1) }

// roll steps to a working day; at the ends of the calendar, where a step no longer moves, it stays.
func (d Date) roll(step int) Date {
	for d != "" && !IsWorkingDay(d) {
		next := d.PlusDays(step)
		if next == d {
			return d
		}
		d = next
	}
	return d
}
