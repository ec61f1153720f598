package store

import (
	"context"
	"time"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Substitution says that one person acts for another on the days from From up to, and without, Until. It is one hop: it lends
// what the absent person holds, never what is lent to them.
type Substitution struct {
	ID         string
	Absent     string // person
	Substitute string // person
	From       calendar.Date
	Until      calendar.Date   // the first day after
	Roles      []workflow.Role // empty: all of the absent person's that move something
	Reason     string          // personal: it never stands in an event
	By         string          // person who set it
	CreatedAt  time.Time
	EndedAt    time.Time // zero: not ended before its time
}

// ActiveOn reports whether the substitution holds on the day.
func (s Substitution) ActiveOn(day calendar.Date) bool {
	return s.EndedAt.IsZero() && s.From <= day && day < s.Until
}

// SubstitutionWrite adds a substitution, or sets EndedAt of one that is not ended; ending one that is ended is stale. Who adds
// one also writes the absent person (see PersonWrite), so that two that overlap are not added at once.
type SubstitutionWrite struct {
	End          bool // ID and EndedAt alone are read
	Substitution Substitution
}

// SubstitutionFilter narrows a list of substitutions, which is ordered by when they were set, the last first.
type SubstitutionFilter struct {
	Person string // absent or substitute; empty: everybody's
	PageRequest
}

// Substitutions reads who acts for whom.
type Substitutions interface {
	// Substitution returns a substitution, ended or not, or ErrNotFound.
	Substitution(ctx context.Context, id string) (Substitution, error)
	// StandsIn returns the substitutions that a substitute has on the day, at most 50, the earliest first.
	StandsIn(ctx context.Context, substitute string, on calendar.Date) ([]Substitution, error)
	// SubstitutionsOf returns the substitutions of an absent person that are not ended and hold on the day or later, at most 200,
	// the earliest first.
	SubstitutionsOf(ctx context.Context, absent string, from calendar.Date) ([]Substitution, error)
	ListSubstitutions(ctx context.Context, filter SubstitutionFilter) (Page[Substitution], error)
}
