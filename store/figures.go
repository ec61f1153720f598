package store

import (
	"context"
	"time"

	"hejnal/workflow/calendar"
)

// Figures counts what a dashboard shows. It reads much: callers keep what it answers for a while.
type Figures interface {
	Figures(ctx context.Context, asked FiguresRequest) (CaseFigures, error)
}

// FiguresRequest says what is counted, and on which day.
type FiguresRequest struct {
	Today   calendar.Date
	Since   time.Time // begin of the period of which durations and openings are counted; zero: 12 months before Today
	Outside []string  // states in which a case waits for somebody outside the City
	Clocks  []string  // clocks that end what is agreed
	Within  int       // days within which they are counted; 0 means 180
}

// CaseFigures is what is counted. Lists are ordered by what they count of: stage, state, role, rule.
type CaseFigures struct {
	Stages   []Figure     // cases not ended, by stage
	States   []Figure     // cases not ended, by state; a state lies in one stage
	Overdue  []Figure     // open tasks whose day has passed, by role
	Open     []Figure     // open tasks, by role
	Outside  []Figure     // cases that wait outside the City, by state
	Expiring int          // current entries of the register that end within the days; see RegisterFilter.ExpiringBefore
	Spans    []SpanFigure // tasks completed in the period, by rule
	Opened   int          // cases opened in the period, imported ones left out; see CaseFilter.OpenedSince
	Returned int          // of those, cases that came back at least once; see CaseFilter.Returned
}

// Figure is one count.
type Figure struct {
	Of    string
	Count int
}

// SpanFigure is how long the tasks of a rule took, from opening to completion.
type SpanFigure struct {
	Rule   string
	Count  int
	Median time.Duration
}

// Filled is the request with what it leaves out.
func (r FiguresRequest) Filled() FiguresRequest {
	if r.Since.IsZero() {
		r.Since = r.Today.PlusMonths(-12).StartOf(time.UTC)
	}
	if r.Within == 0 {
		r.Within = 180
	}
	return r
}

// Expiring asks for the entries of the register that the figure counts.
func (r FiguresRequest) Expiring() RegisterFilter {
	return RegisterFilter{Status: "current", ExpiringBefore: r.Today.PlusDays(r.Filled().Within + 1), Clocks: r.Clocks}
}
