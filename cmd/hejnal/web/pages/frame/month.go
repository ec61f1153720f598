package frame

import "hejnal/workflow"

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

// MonthTitle names the month of a day, or a month written as 2016-06, with its year.
func MonthTitle(date string) workflow.Text {
	number := int(date[5]-'0')*10 + int(date[6]-'0')
	name := monthNames[number-1]
	return workflow.Text{PL: name.PL + " " + date[:4], EN: name.EN + " " + date[:4]}
}
