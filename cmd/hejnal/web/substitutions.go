package web

import (
	"cmp"
	"net/http"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// newSubstitution says who is to act for whom.
type newSubstitution struct {
	Absent     string          `json:"absent,omitempty" doc:"id or login; the caller when left out; anybody else's are for administrators to set"`
	Substitute string          `json:"substitute" doc:"id or login"`
	From       calendar.Date   `json:"from" format:"date" doc:"first day, in Europe/Warsaw"`
	Until      calendar.Date   `json:"until" format:"date" doc:"first day after: the day of return"`
	Roles      []workflow.Role `json:"roles,omitempty" doc:"of the absent person; all that move something when left out"`
	Reason     string          `json:"reason" minLength:"1" maxLength:"500"`
}

// substitution is a substitution as it is answered.
type substitution struct {
	ID         string          `json:"id" format:"uuid"`
	Absent     string          `json:"absent" doc:"user"`
	Substitute string          `json:"substitute" doc:"user"`
	From       calendar.Date   `json:"from" format:"date"`
	Until      calendar.Date   `json:"until" format:"date" doc:"first day after"`
	Roles      []workflow.Role `json:"roles" doc:"chosen; empty: all that move something"`
	Reason     string          `json:"reason"`
	By         string          `json:"by" doc:"user who set it"`
	CreatedAt  time.Time       `json:"created_at"`
	EndedAt    *time.Time      `json:"ended_at,omitempty" doc:"when it was ended before its time"`
	Active     bool            `json:"active" doc:"it holds today"`
}

// stead is a person in whose stead the caller may act today.
type stead struct {
	User         string          `json:"user"`
	Roles        []workflow.Role `json:"roles" doc:"lent"`
	Until        calendar.Date   `json:"until" format:"date" doc:"first day after"`
	Substitution string          `json:"substitution" format:"uuid"`
}

func (s *server) substitutionOperations() []operation {
	const path = api + "/substitutions"
	return []operation{
		{
			Method: post, Path: path, ID: "substitute", Tag: "substitutions", Summary: "Let somebody act for another during absence", Access: signedIn,
			Body: newSubstitution{}, Writes: true, Status: 201, Answer: substitution{}, handle: s.substitute,
		},
		{
			Method: get, Path: path, ID: "listSubstitutions", Tag: "substitutions", Summary: "Substitutions, the last set first: one's own, and everybody's for administrators and auditors",
			Access: signedIn, Query: paged(), Status: 200, Answer: list[substitution]{}, handle: s.listSubstitutions,
		},
		{
			Method: http.MethodDelete, Path: path + "/{id}", ID: "endSubstitution", Tag: "substitutions", Summary: "End a substitution before its time; it stays in the record",
			Access: signedIn, Writes: true, Status: 200, Answer: substitution{}, handle: s.endSubstitution,
		},
	}
}

func (s *server) substitution(from store.Substitution) substitution {
	shown := substitution{
		ID: from.ID, Absent: from.Absent, Substitute: from.Substitute, From: from.From, Until: from.Until, Roles: given(from.Roles), Reason: from.Reason,
		By: from.By, CreatedAt: from.CreatedAt, Active: from.ActiveOn(s.Engine.Today()),
	}
	if !from.EndedAt.IsZero() {
		shown.EndedAt = &from.EndedAt
	}
	return shown
}

func (s *server) substitute(w http.ResponseWriter, r *http.Request) error {
	var asked newSubstitution
	wrong := decode(askedOf(r).body, &asked)
	return s.commit(w, r, change{
		make: func(request engine.Request) (engine.Result, error) {
			if request.Expect != 0 {
				return engine.Result{}, fault.ErrNoVersion
			}
			if len(wrong) > 0 {
				asked.Reason = "" // refused whatever else it has
			}
			result, err := s.Engine.Substitute(r.Context(), request, engine.NewSubstitution{
				Absent: asked.Absent, Substitute: asked.Substitute, From: asked.From, Until: asked.Until, Roles: asked.Roles, Reason: asked.Reason,
			})
			return result, misfitAfter(wrong, err)
		},
		answer: func(result engine.Result) (store.Answer, error) {
			return answer(http.StatusCreated, api+"/substitutions", "", s.substitution(result.Substitution))
		},
		created: func(result engine.Result) string { return result.Substitution.ID },
	})
}

func (s *server) listSubstitutions(w http.ResponseWriter, r *http.Request) error {
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	asked := q.page(usualPage)
	if err := q.err(); err != nil {
		return err
	}
	page, err := s.Engine.Substitutions(r.Context(), callOf(r).By(), asked)
	if err != nil {
		return err
	}
	return writeJSON(w, r, listOf(page, s.substitution))
}

func (s *server) endSubstitution(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	return s.commit(w, r, change{
		make: func(request engine.Request) (engine.Result, error) {
			if request.Expect != 0 {
				_, err := s.Store.Substitution(r.Context(), id)
				return engine.Result{}, cmp.Or(err, fault.ErrNoVersion)
			}
			return s.Engine.EndSubstitution(r.Context(), request, id)
		},
		answer: func(result engine.Result) (store.Answer, error) {
			return answer(http.StatusOK, "", "", s.substitution(result.Substitution))
		},
	})
}
