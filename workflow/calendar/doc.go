// Package calendar counts the days of the law: dates of Europe/Warsaw, Polish public holidays, working days and limits.
package calendar
