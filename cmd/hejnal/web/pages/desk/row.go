package desk

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// row is one task as a list shows it.
type row struct {
	Task   workflow.Task
	Case   workflow.Proposal
	Href   string // of the page on which it is done
	Place  workflow.Text
	Why    workflow.Text // why the reader has it; zero: they do not
	Age    workflow.Text
	Today  calendar.Date
	Holder string // name of whom it is assigned to; empty: nobody
	Gone   bool   // whoever it is assigned to cannot sign in any more
	Mine   bool   // assigned to the reader
	Take   bool   // the reader can take it
	Give   bool   // the reader can give it back or hand it on
	Looks  []look
	Back   string // address of the list, to come back to
}

// look is somebody who has the case open.
type look struct {
	Name string
	Ago  workflow.Text
}

// Late reports whether the task's day has passed.
func (r row) Late() bool { return r.Task.DueOn != "" && r.Task.DueOn < r.Today }

// Soon reports whether the task is due today or tomorrow.
func (r row) Soon() bool {
	return r.Task.DueOn != "" && !r.Late() && r.Task.DueOn <= r.Today.PlusDays(1)
}

// rows makes rows of at most a page of tasks, as the reader may do them.
func (p *pages) rows(r *http.Request, tasks []workflow.Task, reader workflow.Person) ([]row, error) {
	ctx, names := r.Context(), p.Names()
	looks, err := p.Looks(ctx, tasks, reader.ID, names)
	if err != nil {
		return nil, err
	}
	absent, err := names.Of(ctx, reader.OnBehalfOf)
	if err != nil {
		return nil, err
	}
	cases := map[string]workflow.Proposal{}
	back := frame.AddressOf(r).String()
	shown := make([]row, 0, len(tasks))
	for _, task := range tasks {
		proposal, ok := cases[task.ProposalID]
		if !ok {
			if proposal, err = p.Store.Case(ctx, task.ProposalID); err != nil {
				return nil, fmt.Errorf("load case of task: %w", err)
			}
			cases[task.ProposalID] = proposal
		}
		one := row{
			Task: task, Case: proposal, Href: hrefOf(task), Place: frame.PlaceOf(proposal.Partner), Today: p.Engine.Today(), Looks: seen(looks[task.ID], p.Now()),
			Age: age(p.Engine.Today(), task.OpenedAt), Mine: task.Assignee == reader.ID, Back: back, Why: why(task, reader, absent),
		}
		one.Take = task.State == "open" && task.Assignee == "" && reader.Has(task.Role)
		one.Give = task.State == "open" && reader.Has(task.Role)
		if one.Holder, err = names.Of(ctx, task.Assignee); err != nil {
			return nil, err
		}
		if one.Gone, err = names.Disabled(ctx, task.Assignee); err != nil {
			return nil, err
		}
		shown = append(shown, one)
	}
	return shown, nil
}

// hrefOf is where a task is done: the first act that it asks for, or the case where it names none.
func hrefOf(task workflow.Task) string {
	if len(task.AsksFor) == 0 {
		return "/sprawy/" + task.ProposalID
	}
	return "/sprawy/" + task.ProposalID + "/czynnosci/" + task.AsksFor[0]
}

// why says why a task is in somebody's list.
func why(task workflow.Task, reader workflow.Person, absent string) workflow.Text {
	role := task.Role.Title()
	switch {
	case reader.OnBehalfOf != "" && reader.Has(task.Role):
		return workflow.Text{PL: "zastępujesz: " + absent + " (" + role.PL + ")", EN: "you stand in for: " + absent + " (" + role.EN + ")"}
	case task.Assignee == reader.ID:
		return workflow.Text{PL: "przypisane do Ciebie (" + role.PL + ")", EN: "assigned to you (" + role.EN + ")"}
	case task.Assignee == "" && slices.Contains(reader.Roles, task.Role):
		return workflow.Text{PL: "masz rolę: " + role.PL, EN: "your role: " + role.EN}
	}
	return workflow.Text{}
}

// age says since when a task waits.
func age(today calendar.Date, opened time.Time) workflow.Text {
	days := calendar.Of(opened, calendar.Zone()).DaysUntil(today)
	if days <= 0 {
		return workflow.Text{PL: "czeka od dziś", EN: "waiting since today"}
	}
	return workflow.Text{
		PL: "czeka " + frame.WordsOf(call.Polish).Count(days, "dzień|dni|dni", ""), EN: "waiting " + frame.WordsOf(call.English).Count(days, "", "day|days"),
	}
}

// seen tells how long ago others opened the case.
func seen(looks []frame.Look, now time.Time) []look {
	var told []look
	for _, one := range looks {
		told = append(told, look{Name: one.Name, Ago: ago(now.Sub(one.At))})
	}
	return told
}

func ago(passed time.Duration) workflow.Text {
	minutes := int(passed / time.Minute)
	if minutes < 1 {
		return workflow.Text{PL: "przed chwilą", EN: "just now"}
	}
	return workflow.Text{PL: fmt.Sprintf("%d min temu", minutes), EN: fmt.Sprintf("%d min ago", minutes)}
}
