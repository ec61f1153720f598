package frame

import (
	"fmt"
	"regexp"
	"strconv"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/workflow/calendar"
)

var monthAlone = regexp.MustCompile(`^(\d{4})-(0[1-9]|1[0-2])$`)

var monthsAlone = [...]string{"styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień", "wrzesień", "październik", "listopad", "grudzień"}

var englishMonths = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// Known writes a date that may be known in part: a day, a month, a year; one that is not known at all is said to be so.
func (w Words) Known(date string) string {
	if date == "" {
		return w.T("nieznana", "not known")
	}
	parts := monthAlone.FindStringSubmatch(date)
	if parts == nil {
		return w.Day(calendar.Date(date))
	}
	month, err := strconv.Atoi(parts[2])
	if err != nil {
		return date
	}
	if w.Language == call.English {
		return fmt.Sprintf("%s %s", englishMonths[month-1], parts[1])
	}
	return fmt.Sprintf("%s %s", monthsAlone[month-1], parts[1])
}
