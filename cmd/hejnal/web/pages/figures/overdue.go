package figures

import (
	"fmt"
	"net/http"
	"net/url"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

const (
	overduePath = "/pulpit/po-terminie"
	roleField   = "rola"
	perPage     = 50
)

// overdueList is what the page of overdue tasks shows.
type overdueList struct {
	Role  workflow.Role // empty: all
	Roles []roleLink
	Tasks []overdueTask
	Today calendar.Date
	Next  string
}

// roleLink narrows the list to a role.
type roleLink struct {
	Title workflow.Text
	Href  string
	Here  bool
}

// overdueTask is an open task whose day has passed.
type overdueTask struct {
	workflow.Task
	Number, Case string
	Place        workflow.Text
}

// overdueOf is the list of the overdue tasks of a role.
func overdueOf(role workflow.Role) string {
	return overduePath + "?" + url.Values{roleField: {string(role)}}.Encode()
}

func (p *pages) overdue(w http.ResponseWriter, r *http.Request) error {
	words, address := frame.WordsOf(call.Of(r).Language), frame.AddressOf(r)
	shown := overdueList{Today: p.Engine.Today(), Roles: []roleLink{{Title: workflow.Text{PL: "Wszystkie role", EN: "All roles"}, Href: overduePath, Here: true}}}
	for _, role := range workflow.Roles() {
		if !role.Moves() {
			continue
		}
		here := address.Get(roleField) == string(role)
		if here {
			shown.Role, shown.Roles[0].Here = role, false
		}
		shown.Roles = append(shown.Roles, roleLink{Title: role.Title(), Href: overdueOf(role), Here: here})
	}
	page, err := p.Store.ListTasks(r.Context(), store.TaskFilter{
		Role: shown.Role, State: "open", DueBefore: shown.Today, PageRequest: store.PageRequest{Limit: perPage, Cursor: r.URL.Query().Get(frame.CursorField)},
	})
	if err != nil {
		return fmt.Errorf("list overdue tasks: %w", err)
	}
	for _, task := range page.Items {
		proposal, err := p.Store.Case(r.Context(), task.ProposalID)
		if err != nil {
			return fmt.Errorf("load case of task: %w", err)
		}
		shown.Tasks = append(shown.Tasks, overdueTask{Task: task, Number: proposal.Number, Case: proposal.Title, Place: frame.PlaceOf(proposal.Partner)})
	}
	shown.Next = address.Next(page.Next)
	return p.Render(w, r, http.StatusOK, frame.Page{Template: "figures/overdue", Title: words.T("Zadania po terminie", "Overdue tasks"), Main: shown})
}
