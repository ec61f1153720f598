package figures

import "hejnal/workflow/calendar"

// firstOf is the first day of the month of a day.
func firstOf(day calendar.Date) calendar.Date { return day[:8] + "01" }
