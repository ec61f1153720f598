package frame

import (
	"context"
	"fmt"

	"hejnal/store"
	"hejnal/workflow"
)

// Bounds of the people whom a form offers, and of those who are read at once.
const (
	mostPeople   = 2_000
	peopleAtOnce = 200
)

// beyondPeople says that a form offers not everybody.
var beyondPeople = workflow.Text{
	PL: fmt.Sprintf("Lista kończy się na %d osobach w kolejności loginów: nie ma na niej wszystkich.", mostPeople),
	EN: fmt.Sprintf("The list ends with %d people in the order of their logins: not everybody is on it.", mostPeople),
}

// People are those of a role, or all where none is named, in the order of their logins. Beyond is to be told where they are more
// than a form offers; else it is the zero value.
func (s *Site) People(ctx context.Context, role workflow.Role) (people []store.Person, beyond workflow.Text, err error) {
	for request := (store.PageRequest{Limit: peopleAtOnce}); ; {
		page, err := s.Store.ListPeople(ctx, role, request)
		if err != nil {
			return nil, beyond, fmt.Errorf("list people: %w", err)
		}
		people = append(people, page.Items...)
		switch {
		case page.Next == "":
			return people, workflow.Text{}, nil
		case len(people) >= mostPeople:
			return people, beyondPeople, nil
		}
		request.Cursor = page.Next
	}
}
