package store

import (
	"context"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Register reads the register of what is agreed: the cases whose entry in it is current or past.
type Register interface {
	// ListRegister returns a page of entries, without their tasks. It costs the same however many other cases there are.
	ListRegister(ctx context.Context, filter RegisterFilter) (Page[workflow.Proposal], error)
	// CountRegister counts the entries that answer the filter, up to the limit; its order and page are not looked at.
	CountRegister(ctx context.Context, filter RegisterFilter, limit int) (int, error)
	// RegisterGroups counts the entries of each country and form, by country and then form.
	RegisterGroups(ctx context.Context) ([]RegisterGroup, error)
}

// RegisterFilter narrows the register; zero fields do not narrow. Text is looked for as in CaseFilter. Years are those
// since when an entry is in the register; where they are asked for, entries of no known year are left out. Sort is title,
// since, country (then title) or updated_at, with "-" before it to turn it round; "" is title; any other is an error.
// Entries of no known date come last by since, and by -since too.
type RegisterFilter struct {
	Status           string // current, past; "" is both
	Form             string
	Country          string
	Continent        string
	Field            string // one of the case's fields
	PartnerID        string
	YearFrom, YearTo int // both included
	Text             string
	// ExpiringBefore asks for current entries of which one of the Clocks runs and is due before the day.
	ExpiringBefore calendar.Date
	Clocks         []string
	Sort           string
	PageRequest
}

// RegisterGroup is how many entries there are of a country and a form.
type RegisterGroup struct {
	Country string // ISO 3166-1 alpha-2
	Form    string
	Current int
	Past    int
}

// SessionDay is a day on which tasks are due, and how many of them are open and completed.
type SessionDay struct {
	On              calendar.Date
	Open, Completed int
}
