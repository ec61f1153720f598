package desk

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"hejnal/store"
	"hejnal/workflow"
)

// closed is a task that was completed: an opinion that was given, a print that was registered.
type closed struct {
	Title        workflow.Text
	Href, Number string
	Case         string
	At           time.Time
}

// mostClosed is how many completed tasks a page shows, and lookedThrough how many of a role they are chosen from.
const (
	mostClosed    = 8
	lookedThrough = 25
)

// closed are the tasks of the roles that were completed last, among those that were opened last.
func (p *pages) closed(r *http.Request, roles []workflow.Role) ([]closed, error) {
	var tasks []workflow.Task
	for _, role := range roles {
		page, err := p.Store.ListTasks(r.Context(), store.TaskFilter{Role: role, State: "completed", LastFirst: true, PageRequest: store.PageRequest{Limit: lookedThrough}})
		if err != nil {
			return nil, fmt.Errorf("list completed tasks: %w", err)
		}
		tasks = append(tasks, page.Items...)
	}
	slices.SortStableFunc(tasks, func(a, b workflow.Task) int { return b.ClosedAt.Compare(a.ClosedAt) })
	shown := make([]closed, 0, mostClosed)
	for _, task := range tasks[:min(len(tasks), mostClosed)] {
		about, err := p.Store.Case(r.Context(), task.ProposalID)
		if err != nil {
			return nil, fmt.Errorf("load case of completed task: %w", err)
		}
		shown = append(shown, closed{Title: task.Title, Href: "/sprawy/" + about.ID + "/historia", Number: about.Number, Case: about.Title, At: task.ClosedAt})
	}
	return shown, nil
}
