package council

import (
	"context"
	"fmt"
	"net/http"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// most is how many cases stand under one heading.
const most = 50

// board is what the board shows.
type board struct {
	Columns []filled
	Today   calendar.Date
}

// filled is a heading with what stands under it.
type filled struct {
	column
	Cards []card
	More  string // address of the whole list; empty: this is all of it
}

func (p *pages) board(w http.ResponseWriter, r *http.Request) error {
	c := call.Of(r)
	shown := board{Today: p.Engine.Today()}
	for _, col := range columnsOf(p.Engine.AllForms(), ofSecretariat) {
		column, err := p.fill(r.Context(), col, c.By())
		if err != nil {
			return err
		}
		shown.Columns = append(shown.Columns, column)
	}
	return p.Render(w, r, http.StatusOK, frame.Page{
		Template: "council/board", Title: frame.WordsOf(c.Language).T("Projekty uchwał przed Radą", "Draft resolutions before the Council"), Main: shown,
	})
}

// fill puts under a heading what waits there, the nearest due date first.
func (p *pages) fill(ctx context.Context, col column, by workflow.Person) (filled, error) {
	tasks, more, err := p.waiting(ctx, col)
	if err != nil {
		return filled{}, err
	}
	under := filled{column: col}
	if more {
		under.More = col.everything()
	}
	for _, task := range tasks {
		found, err := p.Store.Case(ctx, task.ProposalID)
		if err != nil {
			return filled{}, fmt.Errorf("load case of a task: %w", err)
		}
		made, err := p.cardOf(ctx, found, task, by)
		if err != nil {
			return filled{}, err
		}
		under.Cards = append(under.Cards, made)
	}
	open, err := p.Looks(ctx, tasks, by.ID, p.Names())
	for i, task := range tasks {
		if looks := open[task.ID]; len(looks) > 0 {
			under.Cards[i].Open = &looks[0]
		}
	}
	return under, err
}

// waiting are the first open tasks of a heading, the nearest due date first, and whether there are more.
func (p *pages) waiting(ctx context.Context, col column) (tasks []workflow.Task, more bool, err error) {
	page, err := p.Store.ListTasks(ctx, store.TaskFilter{Rule: col.Rule, Role: col.Role, State: "open", PageRequest: store.PageRequest{Limit: most}})
	if err != nil {
		return nil, false, fmt.Errorf("list tasks of the secretariat: %w", err)
	}
	return page.Items, page.Next != "", nil
}
