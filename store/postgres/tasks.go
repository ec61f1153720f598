package postgres

import (
	"context"
	"fmt"

	"hejnal/store"
	"hejnal/store/internal/listing"
	"hejnal/store/internal/row"
	"hejnal/store/postgres/internal/pgdb"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Task returns a task, open or not.
func (s *Store) Task(ctx context.Context, id string) (workflow.Task, error) {
	found, err := one(ctx, s, s.read.TaskByID, id)
	if err != nil {
		return workflow.Task{}, fmt.Errorf("read task %s: %w", id, err)
	}
	return row.ToTask(found.Body, row.Changing{
		State: found.State, Outcome: found.Outcome, Assignee: found.Assignee, ClosedAt: found.ClosedAt, Overdue: found.Overdue,
	})
}

// Due returns open tasks whose day has passed unmarked.
func (s *Store) Due(ctx context.Context, before calendar.Date, limit int) ([]store.DueTask, error) {
	rows, err := some(ctx, s, s.read.DueTasks, pgdb.DueTasksParams{DueOn: string(before), Count: listing.JournalLimit(limit)})
	if err != nil {
		return nil, fmt.Errorf("read due tasks: %w", err)
	}
	due := make([]store.DueTask, len(rows))
	for i, from := range rows {
		due[i] = store.DueTask{TaskID: from.ID, ProposalID: from.ProposalID, DueOn: calendar.Date(from.DueOn)}
	}
	return due, nil
}
