package frame

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/country"
)

// Names names people by their ids, and asks for each of them once. It belongs to one request.
type Names struct {
	people store.People
	known  map[string]holder
}

// holder is what is known of a person.
type holder struct {
	name     string
	roles    []workflow.Role
	disabled bool
}

// Names begins with nobody known.
func (s *Site) Names() *Names { return &Names{people: s.Store, known: map[string]holder{}} }

// Of is the name of a person; the id itself where nobody has it, and nothing for nobody.
func (n *Names) Of(ctx context.Context, id string) (string, error) {
	found, err := n.find(ctx, id)
	return found.name, err
}

// Disabled reports whether a person cannot sign in any more.
func (n *Names) Disabled(ctx context.Context, id string) (bool, error) {
	found, err := n.find(ctx, id)
	return found.disabled, err
}

// Has reports whether a person has a role of their own.
func (n *Names) Has(ctx context.Context, id string, role workflow.Role) (bool, error) {
	found, err := n.find(ctx, id)
	return slices.Contains(found.roles, role), err
}

func (n *Names) find(ctx context.Context, id string) (holder, error) {
	if found, ok := n.known[id]; ok || id == "" {
		return found, nil
	}
	person, err := n.people.Person(ctx, id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		n.known[id] = holder{name: id}
	case err != nil:
		return holder{}, fmt.Errorf("find the name of a person: %w", err)
	default:
		n.known[id] = holder{name: NameOf(person), roles: person.Roles, disabled: person.Disabled}
	}
	return n.known[id], nil
}

// PlaceOf is a partner with its country: Norymberga, Niemcy.
func PlaceOf(partner workflow.Partner) workflow.Text {
	found, ok := country.Find(partner.Country)
	if !ok {
		return workflow.Text{PL: partner.Name, EN: partner.Name}
	}
	return workflow.Text{PL: partner.Name + ", " + found.Name.PL, EN: partner.Name + ", " + found.Name.EN}
}
