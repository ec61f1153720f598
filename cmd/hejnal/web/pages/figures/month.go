package figures

import (
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

func firstOf(day calendar.Date) calendar.Date { return day[:8] + "01" }

var monthNames = [...]workflow.Text{
	{PL: "styczeń", EN: "January"},
	{PL: "luty", EN: "February"},
	{PL: "marzec", EN: "March"},
	{PL: "kwiecień", EN: "April"},
	{PL: "maj", EN: "May"},
	{PL: "czerwiec", EN: "June"},
	{PL: "lipiec", EN: "July"},
	{PL: "sierpień", EN: "August"},
	{PL: "wrzesień", EN: "September"},
	{PL: "październik", EN: "October"},
	{PL: "listopad", EN: "November"},
	{PL: "grudzień", EN: "December"},
}

// monthTitle names the month of a day, with its year.
func monthTitle(day string) workflow.Text {
	number := int(day[5]-'0')*10 + int(day[6]-'0')
	name := monthNames[number-1]
	return workflow.Text{PL: name.PL + " " + day[:4], EN: name.EN + " " + day[:4]}
}
