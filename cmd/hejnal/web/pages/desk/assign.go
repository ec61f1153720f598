package desk

import (
	"errors"
	"fmt"
	"net/http"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

// assigning is what the page for handing a task to somebody shows.
type assigning struct {
	row
	Form frame.Form
}

func (p *pages) askAssign(w http.ResponseWriter, r *http.Request) error {
	shown, err := p.assigning(r)
	if err != nil {
		return err
	}
	shown.Back = backTo(r.URL.Query().Get(backField))
	return p.showAssign(w, r, http.StatusOK, shown)
}

// assigning loads the task that the address names, and whom it can be given to.
func (p *pages) assigning(r *http.Request) (assigning, error) {
	id, err := call.ID(r, "id")
	if err != nil {
		return assigning{}, err
	}
	task, err := p.Store.Task(r.Context(), id)
	if err != nil {
		return assigning{}, fmt.Errorf("load task: %w", err)
	}
	rows, err := p.rows(r, []workflow.Task{task}, call.Of(r).By())
	if err != nil {
		return assigning{}, err
	}
	people, beyond, err := p.People(r.Context(), task.Role)
	if err != nil {
		return assigning{}, err
	}
	field := frame.Field{
		Name: personField, Kind: frame.Select, Value: task.Assignee, Label: workflow.Text{PL: "Kto ma to zrobić", EN: "Who is to do it"},
		Hint: workflow.Text{PL: "Osoby z rolą: " + task.Role.Title().PL, EN: "People in the role: " + task.Role.Title().EN},
	}
	if !beyond.IsZero() {
		field.Hint = workflow.Text{PL: field.Hint.PL + ". " + beyond.PL, EN: field.Hint.EN + ". " + beyond.EN}
	}
	for _, person := range people {
		name := frame.NameOf(person)
		field.Options = append(field.Options, frame.Option{Value: person.ID, Title: workflow.Text{PL: name, EN: name}})
	}
	return assigning{row: rows[0], Form: frame.Form{Fields: []frame.Field{field}}}, nil
}

func (p *pages) assign(w http.ResponseWriter, r *http.Request) error {
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	shown, err := p.assigning(r)
	if err != nil {
		return err
	}
	shown.Back = backTo(sent.Values.Get(backField))
	shown.Form.Fill(sent)
	if sent.Restored {
		return p.showAssign(w, r, http.StatusOK, shown)
	}
	shown.Form.Require()
	if !shown.Form.Wrong() {
		request := engine.Request{By: call.Of(r).By(), TraceParent: call.Of(r).Trace}
		_, err := p.Engine.Assign(r.Context(), request, shown.Task.ID, shown.Form.Field(personField).Value)
		var refusal *workflow.Refusal
		switch {
		case errors.As(err, &refusal) && refusal.Kind == workflow.Invalid:
			shown.Form.RefuseAll(refusal.Errors, func(string) string { return personField })
		case err != nil:
			return err
		}
	}
	if shown.Form.Wrong() {
		return p.showAssign(w, r, http.StatusUnprocessableEntity, shown)
	}
	http.Redirect(w, r, telling(shown.Back, assigned, shown.Task.ID), http.StatusSeeOther)
	return nil
}

func (p *pages) showAssign(w http.ResponseWriter, r *http.Request, status int, shown assigning) error {
	return p.Render(w, r, status, frame.Page{
		Template: "desk/assign", Title: frame.WordsOf(call.Of(r).Language).T("Przydziel zadanie", "Assign the task"), Main: shown, Wrong: shown.Form.Wrong(),
	})
}
