package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"hejnal/store"
	"hejnal/store/internal/listing"
	"hejnal/store/sqlite/internal/sqlitedb"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// ListRegister returns a page of the register.
func (s *Store) ListRegister(ctx context.Context, filter store.RegisterFilter) (store.Page[workflow.Proposal], error) {
	page, err := listing.FindRegister(ctx, listing.SQLite, s.effort, s.look, filter)
	if err != nil {
		return store.Page[workflow.Proposal]{}, fmt.Errorf("list the register: %w", err)
	}
	return page, nil
}

// CountRegister counts entries of the register up to the limit.
func (s *Store) CountRegister(ctx context.Context, filter store.RegisterFilter, limit int) (int, error) {
	count, err := listing.CountRegister(ctx, listing.SQLite, s.effort, s.look, filter, limit)
	if err != nil {
		return 0, fmt.Errorf("count the register: %w", err)
	}
	return count, nil
}

// RegisterGroups counts the entries of each country and form.
func (s *Store) RegisterGroups(ctx context.Context) ([]store.RegisterGroup, error) {
	found, err := some(ctx, s, func(ctx context.Context, _ struct{}) ([]sqlitedb.RegisterGroupsRow, error) {
		return s.read.RegisterGroups(ctx)
	}, struct{}{})
	if err != nil {
		return nil, fmt.Errorf("count the register: %w", err)
	}
	groups := make([]store.RegisterGroup, len(found))
	for i, group := range found {
		groups[i] = store.RegisterGroup{Country: group.Country, Form: group.Form, Current: int(group.Running), Past: int(group.Ended)}
	}
	return groups, nil
}

// SessionDays returns the days on which tasks of the rules are due.
func (s *Store) SessionDays(ctx context.Context, rules []string, from calendar.Date, limit int) ([]store.SessionDay, error) {
	var days []store.SessionDay
	err := s.query(ctx, listing.SessionDays(listing.SQLite, rules, from, limit), func(rows *sql.Rows) (err error) {
		days, err = listing.ReadSessionDays(rows)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the days of tasks: %w", err)
	}
	return days, nil
}
