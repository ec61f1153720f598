package council

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// longest is how many items of one session are shown.
const longest = 100

// agenda is what stands, or stood, on the agenda of a day.
type agenda struct {
	Date     calendar.Date
	Session  int // 0: not known
	Items    []*item
	Longer   bool // there are more than are shown
	Upcoming bool // the day is to come
}

// item is one point of an agenda.
type item struct {
	subject
	Position int
	Reading  workflow.Text // zero: there is only one
	Asked    workflow.Text // what it waits for; zero where it is over
	Votes    bool          // what it waits for is the vote
	Missing  []workflow.Blocker
	Next     act
	Result   *result // nil: it still waits
	After    []act   // what the case waits for after the result, of what the reader may make
	Papers   []paper

	task   workflow.Task
	of     workflow.Proposal
	trail  trail
	vote   *workflow.Transition // what it waits for, where that is the vote
	action workflow.Action
	placed int // number of the session that it was placed on
}

// Open reports whether the item still waits.
func (i *item) Open() bool { return i.Result == nil }

// agendaOf reads the agenda of a day as somebody sees it.
func (p *pages) agendaOf(ctx context.Context, on calendar.Date, by workflow.Person) (agenda, error) {
	a := agenda{Date: on, Upcoming: on > p.Engine.Today()}
	for _, rule := range sittings(p.Engine.AllForms()) {
		tasks, more, err := p.tasksOn(ctx, rule, on)
		if err != nil {
			return a, err
		}
		a.Longer = a.Longer || more
		for _, task := range tasks {
			one, err := p.itemOf(ctx, task, by)
			if err != nil {
				return a, err
			}
			a.Items = append(a.Items, one)
			a.Session = cmp.Or(a.Session, one.placed)
		}
	}
	slices.SortStableFunc(a.Items, inOrder)
	for i, one := range a.Items {
		one.Position = i + 1
	}
	return a, nil
}

// sittings are the tasks that wait for a session: those that the vote completes.
func sittings(forms []*workflow.Definition) []string {
	var rules []string
	for _, d := range forms {
		vote, ok := voteOf(d)
		if !ok {
			continue
		}
		for _, rule := range d.Tasks {
			if slices.Contains(rule.Asks, vote.ID) && !slices.Contains(rules, rule.ID) {
				rules = append(rules, rule.ID)
			}
		}
	}
	return rules
}

// tasksOn are the tasks of a rule that were due on a day, open or not, and whether there are more.
func (p *pages) tasksOn(ctx context.Context, rule string, on calendar.Date) ([]workflow.Task, bool, error) {
	page, err := p.Store.ListTasks(ctx, store.TaskFilter{Rule: rule, DueOn: on, PageRequest: store.PageRequest{Limit: longest}})
	if err != nil {
		return nil, false, fmt.Errorf("list tasks of a session: %w", err)
	}
	return page.Items, page.Next != "", nil
}

// inOrder sorts by the number of the print, and what has none by when it was placed.
func inOrder(a, b *item) int {
	first, _ := strconv.Atoi(a.Print)
	second, _ := strconv.Atoi(b.Print)
	return cmp.Or(cmp.Compare(first, second), cmp.Compare(a.Print, b.Print), a.task.OpenedAt.Compare(b.task.OpenedAt), cmp.Compare(a.task.ID, b.task.ID))
}

func (p *pages) itemOf(ctx context.Context, task workflow.Task, by workflow.Person) (*item, error) {
	c, err := p.Store.Case(ctx, task.ProposalID)
	if err != nil {
		return nil, fmt.Errorf("load case of an agenda: %w", err)
	}
	t, err := p.trailOf(ctx, c, 0, whole)
	if err != nil {
		return nil, err
	}
	one := &item{task: task, of: c, trail: t.until(task), placed: placedOn(t, task)}
	one.subject = subjectOf(c, one.trail)
	one.Papers = papersOf(t.definition, c, task.DueOn)
	if !task.ClosedAt.IsZero() {
		one.Result = resultOf(t, task, c.ID)
		if !mayCorrect(t.definition, by) {
			one.Result.Correct = ""
		}
		if !t.placedAfter(task.ClosedAt) {
			one.After = afterwards(t.definition, c, by)
		}
		return one, nil
	}
	actions, err := p.Engine.Explain(ctx, c, by)
	if err != nil {
		return nil, err
	}
	if next, ok := nextOf(actions, task); ok {
		one.Asked, one.Missing, one.Next = next.Title, standing(next), actOf(c.ID, next)
		if vote, ok := voteOf(t.definition); ok && vote.ID == next.Transition {
			one.Votes, one.vote, one.action = true, vote, next
		}
	}
	if c.Readings > 1 {
		one.Reading = workflow.Text{PL: "pierwsze czytanie", EN: "first reading"}
		if one.Votes {
			one.Reading = workflow.Text{PL: "drugie czytanie", EN: "second reading"}
		}
	}
	return one, nil
}

// afterwards are the acts that the open tasks of a case ask for, of those that the person's roles make.
func afterwards(d *workflow.Definition, c workflow.Proposal, by workflow.Person) []act {
	var acts []act
	for _, task := range c.Tasks {
		for _, id := range task.AsksFor[:min(1, len(task.AsksFor))] {
			if slices.ContainsFunc(d.Named(id), func(t *workflow.Transition) bool { return by.Has(t.Roles...) }) {
				acts = append(acts, act{Title: task.Title, Href: actPath(c.ID, id), Roles: []workflow.Role{task.Role}})
			}
		}
	}
	return acts
}

// placedOn is the number of the session that the act which opened a task placed the case on.
func placedOn(t trail, task workflow.Task) int {
	act, ok := t.at(task.OpenedAt)
	if !ok {
		return 0
	}
	session, _ := number(act.Inputs[sessionNumber])
	return session
}

// placedAfter reports whether the case was placed on another agenda after a moment: what it waits for since is no part of the one
// before.
func (t trail) placedAfter(moment time.Time) bool {
	placed, ok := t.latest(sessionDate)
	return ok && placed.RecordedAt.After(moment)
}

// until is the trail as it was when a task was over.
func (t trail) until(task workflow.Task) trail {
	if task.ClosedAt.IsZero() {
		return t
	}
	i := slices.IndexFunc(t.acts, func(a workflow.Act) bool { return a.RecordedAt.After(task.ClosedAt) })
	if i < 0 {
		return t
	}
	return trail{definition: t.definition, acts: t.acts[:i]}
}
