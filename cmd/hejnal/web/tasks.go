package web

import (
	"context"
	"fmt"
	"net/http"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/store"
	"hejnal/workflow"
)

// nothing is an empty object.
type nothing struct{}

// assignment says who is to have a task.
type assignment struct {
	User string `json:"user" doc:"id or login of somebody in the task's role"`
}

var taskStates = []string{"open", "completed"}

func (s *server) listTasks(w http.ResponseWriter, r *http.Request) error {
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	filter := store.TaskFilter{
		Role: workflow.Role(q.oneOf("role", roleNames())), State: q.oneOf("state", taskStates), Form: q.oneOf("form", s.formIDs()),
		DueBefore: q.date("due_before"), PageRequest: q.page(usualPage),
	}
	if err := s.narrowed(r, q, &filter); err != nil {
		return err
	}
	if err := q.err(); err != nil {
		return err
	}
	page, err := s.Store.ListTasks(r.Context(), filter)
	if err != nil {
		return fmt.Errorf("list tasks: %w", err)
	}
	return writeJSON(w, r, listOf(page, s.task))
}

// narrowed narrows a filter to the caller's tasks, or to those of somebody whom they stand in for.
func (s *server) narrowed(r *http.Request, q *query, filter *store.TaskFilter) error {
	mine, absent := q.flag("mine"), q.text("on_behalf_of")
	if !mine && absent == "" {
		return nil
	}
	as := callOf(r).By()
	if absent != "" {
		lent, ok, err := s.Engine.StandingFor(r.Context(), as, absent)
		if err != nil {
			return err
		}
		if !ok {
			q.add("on_behalf_of", "Nie zastępujesz dziś tej osoby.", "You do not stand in for this person today.")
			return nil
		}
		as = lent
	}
	of := engine.TasksOf(as)
	filter.MineUser, filter.MineRoles = of.MineUser, of.MineRoles
	return nil
}

func (s *server) claim(w http.ResponseWriter, r *http.Request) error {
	return s.handOver(w, r, &nothing{}, s.Engine.Claim)
}

func (s *server) release(w http.ResponseWriter, r *http.Request) error {
	return s.handOver(w, r, &nothing{}, s.Engine.Release)
}

func (s *server) assign(w http.ResponseWriter, r *http.Request) error {
	var asked assignment
	return s.handOver(w, r, &asked, func(ctx context.Context, request engine.Request, id string) (engine.Result, error) {
		return s.Engine.Assign(ctx, request, id, asked.User)
	})
}

// handOver changes who has a task.
func (s *server) handOver(w http.ResponseWriter, r *http.Request, into any, do func(context.Context, engine.Request, string) (engine.Result, error)) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	wrong := decode(askedOf(r).body, into)
	return s.commit(w, r, change{
		make: func(request engine.Request) (engine.Result, error) {
			if len(wrong) > 0 {
				_, err := s.Engine.Assign(r.Context(), request, id, "") // refused: nobody has no name
				return engine.Result{}, misfitAfter(wrong, err)
			}
			return do(r.Context(), request, id)
		},
		answer: func(result engine.Result) (store.Answer, error) {
			return answer(http.StatusOK, "", "", s.task(result.Task))
		},
	})
}
