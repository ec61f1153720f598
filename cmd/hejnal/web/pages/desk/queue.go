package desk

import (
	"fmt"
	"net/http"
	"slices"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/pages/listening"
	"hejnal/store"
	"hejnal/workflow"
)

// queue is what the page of a role's tasks shows.
type queue struct {
	Done  workflow.Text
	Role  workflow.Role
	Roles []roleLink // empty: there is no other
	Free  []row
	Taken []row
	Next  string
}

// roleLink leads to the queue of a role.
type roleLink struct {
	Title workflow.Text
	Href  string
	Here  bool
}

func (p *pages) queue(w http.ResponseWriter, r *http.Request) error {
	c := call.Of(r)
	address := frame.AddressOf(r)
	roles := moving(c.Person.Roles)
	if len(roles) == 0 {
		roles = moving(workflow.Roles())
	}
	shown := queue{Role: roles[0]}
	if asked := workflow.Role(address.Get(roleField)); slices.Contains(roles, asked) {
		shown.Role = asked
	}
	if len(roles) > 1 {
		for _, role := range roles {
			shown.Roles = append(shown.Roles, roleLink{Title: role.Title(), Href: address.With(roleField, string(role)).String(), Here: role == shown.Role})
		}
	}
	page, err := p.Store.ListTasks(r.Context(), store.TaskFilter{
		Role: shown.Role, State: "open", PageRequest: store.PageRequest{Limit: perPage, Cursor: r.URL.Query().Get(frame.CursorField)},
	})
	if err != nil {
		return fmt.Errorf("list tasks of role: %w", err)
	}
	rows, err := p.rows(r, page.Items, c.By())
	if err != nil {
		return err
	}
	for _, one := range rows {
		if one.Task.Assignee == "" {
			shown.Free = append(shown.Free, one)
		} else {
			shown.Taken = append(shown.Taken, one)
		}
	}
	shown.Next = address.Next(page.Next)
	if shown.Done, err = p.told(r); err != nil {
		return err
	}
	words := frame.WordsOf(c.Language)
	return p.Render(w, r, http.StatusOK, frame.Page{
		Template: "desk/queue", Title: words.T("Zadania zespołu: ", "Tasks of the team: ") + words.In(shown.Role.Title()), Main: shown, Live: listening.Path,
	})
}
