package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"hejnal/store"
	"hejnal/workflow"
)

// Claim takes an open task that nobody else has, or that somebody has in whose stead the claimant acts; only a person in the
// task's role may, and who stands in for one.
func (e *Engine) Claim(ctx context.Context, request Request, id string) (Result, error) {
	return e.assign(ctx, request, id, workflow.TaskClaimed, func(task workflow.Task) (string, error) {
		if task.Assignee == "" || task.Assignee == request.By.ID {
			return request.By.ID, nil
		}
		standing, err := e.Standing(ctx, request.By)
		if err != nil {
			return "", err
		}
		for _, other := range standing {
			if other.OnBehalfOf == task.Assignee && other.Has(task.Role) {
				return request.By.ID, nil
			}
		}
		return "", blocked("task_taken",
			"To zadanie ma już kto inny. Porozum się z tą osobą albo najpierw je zwolnij: może to zrobić każdy w tej samej roli.",
			"Somebody else already has this task. Ask them, or release it first: anybody of the same role may.")
	})
}

// Release gives a task back; its assignee may, and anybody of the same role.
func (e *Engine) Release(ctx context.Context, request Request, id string) (Result, error) {
	return e.assign(ctx, request, id, workflow.TaskReleased, func(workflow.Task) (string, error) { return "", nil })
}

// Assign gives a task to a person of its role, or to one who stands in for such a person today.
func (e *Engine) Assign(ctx context.Context, request Request, id, user string) (Result, error) {
	return e.assign(ctx, request, id, workflow.TaskAssigned, func(task workflow.Task) (string, error) {
		person, err := e.person(ctx, user)
		if errors.Is(err, store.ErrNotFound) || err == nil && person.Disabled {
			return "", invalid("/user", "Nie ma takiej osoby.", "There is no such person.")
		}
		if err != nil {
			return "", err
		}
		standing, err := e.Standing(ctx, workflow.Person{ID: person.ID, Roles: person.Roles})
		if err != nil {
			return "", err
		}
		if !slices.ContainsFunc(standing, func(as workflow.Person) bool { return as.Has(task.Role) }) {
			return "", invalid("/user", "Ta osoba nie ma roli "+string(task.Role)+".", "This person does not have the role "+string(task.Role)+".")
		}
		return person.ID, nil
	})
}

// person finds a person by id or by login.
func (e *Engine) person(ctx context.Context, user string) (store.Person, error) {
	person, err := e.store.Person(ctx, user)
	if errors.Is(err, store.ErrNotFound) {
		person, err = e.store.PersonByName(ctx, user)
	}
	if err != nil {
		return store.Person{}, fmt.Errorf("load person: %w", err)
	}
	return person, nil
}

func (e *Engine) assign(ctx context.Context, request Request, id, what string, to func(workflow.Task) (string, error)) (Result, error) {
	return acting(ctx, e, request, func(request Request) (Result, error) { return e.handOver(ctx, request, id, what, to) })
}

func (e *Engine) handOver(ctx context.Context, request Request, id, what string, to func(workflow.Task) (string, error)) (Result, error) {
	return e.commit(ctx, request, func(ctx context.Context) (store.Change, Result, error) {
		task, err := e.store.Task(ctx, id)
		if err != nil {
			return store.Change{}, Result{}, fmt.Errorf("load task: %w", err)
		}
		if err := e.expectedOfCase(ctx, request, task.ProposalID); err != nil {
			return store.Change{}, Result{}, err
		}
		if !request.By.Has(task.Role) {
			return store.Change{}, Result{}, notFor([]workflow.Role{task.Role},
				"To zadanie należy do roli "+string(task.Role)+".", "This task belongs to the role "+string(task.Role)+".")
		}
		if task.State != "open" {
			return store.Change{}, Result{}, blocked("task_closed", "To zadanie jest już zakończone.", "This task is already completed.")
		}
		assignee, err := to(task)
		if err != nil {
			return store.Change{}, Result{}, err
		}
		before := task.Assignee
		moment := e.moment()
		change := store.Change{At: moment.Now}
		if assignee == before {
			return change, Result{Task: task}, nil
		}
		task.Assignee = assignee
		entry, err := e.taskEntry(workflow.TaskChange{What: what, Task: task}, "", request.By.ID, moment.Now, request.TraceParent)
		if err != nil {
			return store.Change{}, Result{}, err
		}
		change.Tasks = []store.TaskWrite{{Do: store.Assign, Task: task, ExpectAssignee: before}}
		change.Entries = []store.Entry{entry}
		return change, Result{Task: task}, nil
	})
}

// MarkOverdue journals the passing of due dates: one event for each open task whose day has passed. It moves nothing. It
// returns how many tasks it marked.
func (e *Engine) MarkOverdue(ctx context.Context) (int, error) {
	moment := e.moment()
	due, err := e.store.Due(ctx, moment.Today, 200)
	if err != nil {
		return 0, fmt.Errorf("list tasks past their day: %w", err)
	}
	for i, late := range due {
		task, err := e.store.Task(ctx, late.TaskID)
		if err != nil {
			return i, fmt.Errorf("load task past its day: %w", err)
		}
		task.Overdue = true
		entry, err := e.taskEntry(workflow.TaskChange{What: workflow.TaskOverdue, Task: task}, "", "", moment.Now, "")
		if err != nil {
			return i, err
		}
		_, err = e.store.Commit(ctx, store.Change{
			At: moment.Now, Tasks: []store.TaskWrite{{Do: store.MarkOverdue, Task: task}}, Entries: []store.Entry{entry},
		})
		if err != nil && !errors.Is(err, store.ErrStale) {
			return i, fmt.Errorf("mark task overdue: %w", err)
		}
	}
	return len(due), nil
}

func blocked(code, pl, en string) *workflow.Refusal {
	message := workflow.Text{PL: pl, EN: en}
	return &workflow.Refusal{Kind: workflow.Blocked, Message: message, Blockers: []workflow.Blocker{{
		Code: code, Message: message, Severity: workflow.Block,
	}}}
}
