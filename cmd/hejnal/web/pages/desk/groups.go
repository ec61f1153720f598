package desk

import (
	"time"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// group are the tasks that are due at about the same time.
type group struct {
	ID    string
	Title workflow.Text
	Late  bool
	Rows  []row
}

// groups are the groups there can be, in the order in which they are shown.
func groups() []group {
	return []group{
		{ID: "po-terminie", Title: workflow.Text{PL: "Po terminie", EN: "Overdue"}, Late: true},
		{ID: "dzis", Title: workflow.Text{PL: "Dziś", EN: "Today"}},
		{ID: "jutro", Title: workflow.Text{PL: "Jutro", EN: "Tomorrow"}},
		{ID: "w-tym-tygodniu", Title: workflow.Text{PL: "W tym tygodniu", EN: "This week"}},
		{ID: "pozniej", Title: workflow.Text{PL: "Później", EN: "Later"}},
		{ID: "bez-terminu", Title: workflow.Text{PL: "Bez terminu", EN: "No due date"}},
	}
}

// grouped puts rows into groups by their due date, in the order they have; groups without rows are left out.
func grouped(rows []row, today calendar.Date) []group {
	all := groups()
	for _, one := range rows {
		i := groupOf(one.Task.DueOn, today)
		all[i].Rows = append(all[i].Rows, one)
	}
	var used []group
	for _, one := range all {
		if len(one.Rows) > 0 {
			used = append(used, one)
		}
	}
	return used
}

// groupOf is which of groups a due date belongs to.
func groupOf(due, today calendar.Date) int {
	switch {
	case due == "":
		return 5
	case due < today:
		return 0
	case due == today:
		return 1
	case due == today.PlusDays(1):
		return 2
	case due <= endOfWeek(today):
		return 3
	}
	return 4
}

// endOfWeek is the Sunday of the date's week.
func endOfWeek(today calendar.Date) calendar.Date {
	weekday := today.StartOf(time.UTC).Weekday()
	return today.PlusDays((7 - int(weekday)) % 7)
}
