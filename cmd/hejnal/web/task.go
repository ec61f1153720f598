package web

import (
	"time"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// task is a task as it is answered.
type task struct {
	ID         string        `json:"id" format:"uuid"`
	ProposalID string        `json:"proposal_id" format:"uuid"`
	Form       string        `json:"form"`
	Rule       string        `json:"rule" doc:"id of the task in the definition"`
	Title      workflow.Text `json:"title"`
	Role       workflow.Role `json:"role"`
	AsksFor    []string      `json:"asks_for" doc:"transitions, any of which ends it"`
	State      string        `json:"state" enum:"open,completed"`
	Outcome    string        `json:"outcome,omitempty" doc:"overtaken, where another transition ended it"`
	Assignee   *string       `json:"assignee" doc:"user, or null"`
	OpenedAt   time.Time     `json:"opened_at"`
	ClosedAt   *time.Time    `json:"closed_at,omitempty"`
	DueOn      calendar.Date `json:"due_on" doc:"day, or null"`
	Overdue    bool          `json:"overdue"`
}

func (s *server) task(t workflow.Task) task {
	shown := task{
		ID: t.ID, ProposalID: t.ProposalID, Form: t.Form, Rule: t.Rule, Title: t.Title, Role: t.Role, AsksFor: given(t.AsksFor),
		State: t.State, Outcome: t.Outcome, OpenedAt: t.OpenedAt, DueOn: t.DueOn, Overdue: t.State == "open" && t.DueOn != "" && t.DueOn < s.Engine.Today(),
	}
	if t.Assignee != "" {
		shown.Assignee = &t.Assignee
	}
	if !t.ClosedAt.IsZero() {
		shown.ClosedAt = &t.ClosedAt
	}
	return shown
}
