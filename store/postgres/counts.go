package postgres

import (
	"context"
	"fmt"

	"hejnal/store/internal/row"
	"hejnal/store/postgres/internal/pgdb"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// CountTasks counts the open tasks of a role that are due before the day.
func (s *Store) CountTasks(ctx context.Context, role workflow.Role, before calendar.Date, limit int) (int, error) {
	due := string(before)
	if due == "" {
		due = row.AfterEveryDay
	}
	found, err := one(ctx, s, s.read.CountTasks, pgdb.CountTasksParams{Role: string(role), DueOn: due, Count: int64(limit)})
	if err != nil {
		return 0, fmt.Errorf("count tasks: %w", err)
	}
	return int(found), nil
}

// CountOverdueCases counts the cases of which something is due before the day.
func (s *Store) CountOverdueCases(ctx context.Context, before calendar.Date, limit int) (int, error) {
	found, err := one(ctx, s, s.read.CountOverdueCases, pgdb.CountOverdueCasesParams{DueOn: string(before), Count: int64(limit)})
	if err != nil {
		return 0, fmt.Errorf("count overdue cases: %w", err)
	}
	return int(found), nil
}
