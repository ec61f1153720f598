package web

import (
	"fmt"
	"net/http"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/acts"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/store"
)

// newComment is a remark.
type newComment struct {
	Text string `json:"text" minLength:"1" maxLength:"4000"`
}

func (s *server) comment(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	var asked newComment
	wrong := decode(askedOf(r).body, &asked)
	return s.commit(w, r, change{
		make: func(request engine.Request) (engine.Result, error) {
			if len(wrong) > 0 {
				asked.Text = "" // refused whatever else it has
			}
			result, err := s.Engine.Comment(r.Context(), request, id, asked.Text)
			return result, misfitAfter(wrong, err)
		},
		answer: func(result engine.Result) (store.Answer, error) {
			return answer(http.StatusCreated, api+"/proposals/"+id+"/comments", "", result.Comment)
		},
		created: func(result engine.Result) string { return result.Comment.ID },
	})
}

func (s *server) listComments(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	if _, err := s.Store.Case(r.Context(), id); err != nil {
		return fmt.Errorf("load case: %w", err)
	}
	if !acts.ReadsPersonal(callOf(r).Person.Roles) {
		return fault.ErrNotPersonal
	}
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	asked := q.page(usualPage)
	if err := q.err(); err != nil {
		return err
	}
	page, err := s.Store.ListComments(r.Context(), store.CommentFilter{ProposalID: id, PageRequest: asked})
	if err != nil {
		return fmt.Errorf("list comments: %w", err)
	}
	return writeJSON(w, r, pageOf(page))
}
