package row

import (
	"encoding/json"
	"fmt"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Task is a task as a row of the table tasks. Its body holds what never changes; ClosedAt is 0 while it is open.
type Task struct {
	ID, ProposalID, Form, Role, State, Outcome, Assignee string
	OpenedAt, ClosedAt                                   int64
	DueOn                                                string
	Overdue                                              bool
	Body                                                 string
}

// Changing is the part of a task's row that is read back into its body.
type Changing struct {
	State, Outcome, Assignee string
	ClosedAt                 int64
	Overdue                  bool
}

// OfTask makes the row of a task.
func OfTask(t workflow.Task) (Task, error) {
	body, err := json.Marshal(t)
	if err != nil {
		return Task{}, fmt.Errorf("encode task %s: %w", t.ID, err)
	}
	row := Task{
		ID: t.ID, ProposalID: t.ProposalID, Form: t.Form, Role: string(t.Role), State: t.State, Outcome: t.Outcome,
		Assignee: t.Assignee, OpenedAt: Micro(t.OpenedAt), DueOn: Day(t.DueOn), Overdue: t.Overdue, Body: string(body),
	}
	if !t.ClosedAt.IsZero() {
		row.ClosedAt = Micro(t.ClosedAt)
	}
	return row, nil
}

// ToTask makes a task of its body and of what may have changed since.
func ToTask(body string, now Changing) (workflow.Task, error) {
	var task workflow.Task
	if err := json.Unmarshal([]byte(body), &task); err != nil {
		return task, fmt.Errorf("decode task: %w", err)
	}
	task.State, task.Outcome, task.Assignee, task.Overdue = now.State, now.Outcome, now.Assignee, now.Overdue
	if now.ClosedAt != 0 {
		task.ClosedAt = Moment(now.ClosedAt)
	}
	return task, nil
}

// Day is a date as it is stored.
func Day(date calendar.Date) string {
	if date == "" {
		return NoDay
	}
	return string(date)
}
