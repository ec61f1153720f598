package frame

import (
	"regexp"

	"hejnal/workflow/calendar"
)

var monthAlone = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`)

// Known writes a date that may be known in part: a day, a month, a year; one that is not known at all is said to be so.
func (w Words) Known(date string) string {
	switch {
	case date == "":
		return w.T("nieznana", "not known")
	case monthAlone.MatchString(date):
		return w.In(MonthTitle(date))
	}
	return w.Day(calendar.Date(date))
}
