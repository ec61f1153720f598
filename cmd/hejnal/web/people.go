package web

import (
	"fmt"
	"net/http"
	"slices"

	"hejnal/store"
	"hejnal/workflow"
)

// me is who asks and what they may.
type me struct {
	ID          string          `json:"id"`
	Name        string          `json:"name" doc:"login"`
	FullName    string          `json:"full_name"`
	Roles       []workflow.Role `json:"roles"`
	May         []string        `json:"may" doc:"what the roles allow, those that are lent included"`
	StandsInFor []stead         `json:"stands_in_for" doc:"in whose stead I may act today, the first of whom comes first where one's own roles do not suffice"`
	Language    string          `json:"language" enum:"pl,en" doc:"language of the answers"`
}

// personAnswer is somebody a task can be assigned to.
type personAnswer struct {
	ID       string          `json:"id"`
	Name     string          `json:"name" doc:"login"`
	FullName string          `json:"full_name"`
	Roles    []workflow.Role `json:"roles"`
}

func (s *server) me(w http.ResponseWriter, r *http.Request) error {
	c := callOf(r)
	p := c.Person
	steads, err := s.Engine.StandsIn(r.Context(), p.ID)
	if err != nil {
		return err
	}
	by := c.By()
	shown := me{ID: p.ID, Name: p.Name, FullName: p.FullName, Roles: p.Roles, StandsInFor: []stead{}, Language: c.Language}
	for _, lent := range steads {
		by.Roles = append(slices.Clip(by.Roles), lent.As.Roles...)
		shown.StandsInFor = append(shown.StandsInFor, stead{
			User: lent.As.OnBehalfOf, Roles: lent.As.Roles, Until: lent.Substitution.Until, Substitution: lent.Substitution.ID,
		})
	}
	shown.May = s.may(by)
	return writeJSON(w, r, shown)
}

// may lists what the roles of a person allow, as far as no single case decides.
func (s *server) may(by workflow.Person) []string {
	may := []string{}
	if slices.ContainsFunc(by.Roles, workflow.Role.Reads) {
		may = append(may, "read_proposals", "read_partners")
	}
	if by.Has(workflow.Official) {
		may = append(may, "enter_partners")
	}
	if slices.ContainsFunc(s.Engine.Forms(), func(d *workflow.Definition) bool { return d.MayBegin(by) == nil }) {
		may = append(may, "open_proposals")
	}
	if slices.ContainsFunc(by.Roles, workflow.Role.Moves) {
		may = append(may, "make_transitions", "attach_documents", "comment", "take_tasks")
	}
	if by.Has(workflow.Admin) {
		may = append(may, "administer")
	}
	if by.Has(workflow.Subscriber) {
		may = append(may, "receive_events")
	}
	return may
}

func roleNames() []string {
	var names []string
	for _, role := range workflow.Roles() {
		names = append(names, string(role))
	}
	return names
}

func (s *server) listPeople(w http.ResponseWriter, r *http.Request) error {
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	role, asked := workflow.Role(q.oneOf("role", roleNames())), q.page(usualPage)
	if err := q.err(); err != nil {
		return err
	}
	page, err := s.Store.ListPeople(r.Context(), role, asked)
	if err != nil {
		return fmt.Errorf("list people: %w", err)
	}
	return writeJSON(w, r, listOf(page, func(p store.Person) personAnswer {
		return personAnswer{ID: p.ID, Name: p.Name, FullName: p.FullName, Roles: p.Roles}
	}))
}
