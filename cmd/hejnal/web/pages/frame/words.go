package frame

import (
	"fmt"
	"strings"
	"time"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Words speaks one language.
type Words struct{ Language string }

// WordsOf are the words of a request's language.
func WordsOf(language string) Words { return Words{Language: language} }

// T chooses between a Polish and an English text.
func (w Words) T(pl, en string) string {
	if w.Language == call.English {
		return en
	}
	return pl
}

// In gives a text in the language.
func (w Words) In(text workflow.Text) string { return text.In(w.Language) }

// Quoted puts a text between the marks of the language.
func (w Words) Quoted(text string) string { return w.T("„"+text+"”", "“"+text+"”") }

var months = [...]string{"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października", "listopada", "grudnia"}

// Day writes a date in words: 12 marca 2026, 12 March 2026. An empty one gives nothing; what is no date is given as it is.
func (w Words) Day(date calendar.Date) string {
	if date == "" {
		return ""
	}
	at, err := time.Parse(time.DateOnly, string(date))
	if err != nil {
		return string(date)
	}
	if w.Language == call.English {
		return at.Format("2 January 2006")
	}
	return fmt.Sprintf("%d %s %d", at.Day(), months[at.Month()-1], at.Year())
}

// Moment writes a moment in the installation's zone, to the minute. The zero moment gives nothing.
func (w Words) Moment(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	local := at.In(calendar.Zone())
	return w.Day(calendar.Of(at, calendar.Zone())) + ", " + local.Format("15:04")
}

// Ago says how long ago something was, in minutes, hours or days.
func (w Words) Ago(passed time.Duration) string {
	switch {
	case passed < time.Minute:
		return w.T("przed chwilą", "just now")
	case passed < time.Hour:
		return w.Count(int(passed/time.Minute), "minutę|minuty|minut", "minute|minutes") + w.T(" temu", " ago")
	case passed < 24*time.Hour:
		return w.Count(int(passed/time.Hour), "godzinę|godziny|godzin", "hour|hours") + w.T(" temu", " ago")
	}
	return w.Count(int(passed/(24*time.Hour)), "dzień|dni|dni", "day|days") + w.T(" temu", " ago")
}

// Count writes a number with its noun. The Polish forms are those of one, of two to four, and of five; the English ones those
// of one and of several; each separated by bars: "zadanie|zadania|zadań", "task|tasks".
func (w Words) Count(number int, pl, en string) string {
	forms := strings.Split(w.T(pl, en), "|")
	return fmt.Sprintf("%d %s", number, forms[min(w.form(number), len(forms)-1)])
}

func (w Words) form(number int) int {
	if number == 1 {
		return 0
	}
	if w.Language == call.English {
		return 1
	}
	if ones, tens := number%10, number%100; ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) {
		return 1
	}
	return 2
}

// Roles names roles, separated by commas.
func (w Words) Roles(roles []workflow.Role) string { return w.In(workflow.TitlesOf(roles)) }

// farOff is a number of days that says less than a date.
const farOff = 120

// Due says how far a due date is from today, in words: overdue by days, today, tomorrow, in days; what is far off is said by its date.
func (w Words) Due(due, today calendar.Date) string {
	if due == "" {
		return w.T("bez terminu", "no due date")
	}
	switch days := today.DaysUntil(due); {
	case days < 0:
		return w.T("po terminie o ", "overdue by ") + w.Count(-days, "dzień|dni|dni", "day|days")
	case days == 0:
		return w.T("dziś", "today")
	case days == 1:
		return w.T("jutro", "tomorrow")
	case days > farOff:
		return w.Day(due)
	default:
		return w.T("za ", "in ") + w.Count(days, "dzień|dni|dni", "day|days")
	}
}
