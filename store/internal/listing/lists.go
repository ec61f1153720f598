package listing

import (
	"context"
	"fmt"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Lists answers what a store is asked whose shape depends on the question, in the dialect of a backend, through Ask.
type Lists struct {
	Dialect Dialect
	Effort  Effort
	Ask     Ask
}

// page runs a query for a page.
func page[T any](ctx context.Context, l Lists, query Query, err error, read func(Query, Rows) (store.Page[T], error)) (store.Page[T], error) {
	if err != nil {
		return store.Page[T]{}, err
	}
	return answered(ctx, l.Ask, query, func(rows Rows) (store.Page[T], error) { return read(query, rows) })
}

// told wraps an error and gives nothing with it.
func told[T any](what string, got T, err error) (T, error) {
	if err != nil {
		var none T
		return none, fmt.Errorf("%s: %w", what, err)
	}
	return got, nil
}

// ListCases returns a page of cases with their open tasks.
func (l Lists) ListCases(ctx context.Context, filter store.CaseFilter) (store.Page[workflow.Proposal], error) {
	found, err := FindCases(ctx, l.Dialect, l.Effort, l.Ask, filter)
	return told("list cases", found, err)
}

// ListComments returns the comments of a case.
func (l Lists) ListComments(ctx context.Context, filter store.CommentFilter) (store.Page[store.Comment], error) {
	query, err := Comments(filter)
	found, err := page(ctx, l, query, err, Query.ReadComments)
	return told("list comments", found, err)
}

// ListTasks returns a page of tasks by due date.
func (l Lists) ListTasks(ctx context.Context, filter store.TaskFilter) (store.Page[workflow.Task], error) {
	query, err := Tasks(l.Dialect, filter)
	found, err := page(ctx, l, query, err, Query.ReadTasks)
	return told("list tasks", found, err)
}

// ListPartners returns a page of partners by name.
func (l Lists) ListPartners(ctx context.Context, filter store.PartnerFilter) (store.Page[store.Partner], error) {
	found, err := FindPartners(ctx, l.Dialect, l.Effort, l.Ask, filter)
	return told("list partners", found, err)
}

// ListRegister returns a page of the register.
func (l Lists) ListRegister(ctx context.Context, filter store.RegisterFilter) (store.Page[workflow.Proposal], error) {
	found, err := FindRegister(ctx, l.Dialect, l.Effort, l.Ask, filter)
	return told("list the register", found, err)
}

// CountRegister counts entries of the register up to the limit.
func (l Lists) CountRegister(ctx context.Context, filter store.RegisterFilter, limit int) (int, error) {
	count, err := CountRegister(ctx, l.Dialect, l.Effort, l.Ask, filter, limit)
	return told("count the register", count, err)
}

// SessionDays returns the days on which tasks of the rules are due.
func (l Lists) SessionDays(ctx context.Context, rules []string, from calendar.Date, limit int) ([]store.SessionDay, error) {
	days, err := answered(ctx, l.Ask, SessionDays(l.Dialect, rules, from, limit), ReadSessionDays)
	return told("read the days of tasks", days, err)
}

// Figures counts what a dashboard shows, figure by figure.
func (l Lists) Figures(ctx context.Context, asked store.FiguresRequest) (store.CaseFigures, error) {
	var figures store.CaseFigures
	for _, figure := range Figures(l.Dialect, asked, &figures) {
		if err := l.Ask(ctx, figure.Query, figure.Read); err != nil {
			return store.CaseFigures{}, fmt.Errorf("count figures: %w", err)
		}
	}
	return figures, nil
}

// ListPeople returns a page of people who are not disabled, by name.
func (l Lists) ListPeople(ctx context.Context, role workflow.Role, asked store.PageRequest) (store.Page[store.Person], error) {
	query, err := People(role, asked)
	found, err := page(ctx, l, query, err, Query.ReadPeople)
	return told("list people", found, err)
}

// ListSubstitutions returns a page of substitutions, the last set first.
func (l Lists) ListSubstitutions(ctx context.Context, filter store.SubstitutionFilter) (store.Page[store.Substitution], error) {
	query, err := Substitutions(filter)
	found, err := page(ctx, l, query, err, Query.ReadSubstitutions)
	return told("list substitutions", found, err)
}
