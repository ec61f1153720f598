package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"hejnal/store"
	"hejnal/workflow"
)

// Stead is a substitution that holds today, and the person that it makes of the substitute: roles are those lent, and
// OnBehalfOf is the absent person.
type Stead struct {
	Substitution store.Substitution
	As           workflow.Person
}

// StandsIn tells in whose stead a person may act today, the earliest substitution first. It is one hop: what is lent are roles
// that the absent person holds, and none where that person may not sign in any more.
func (e *Engine) StandsIn(ctx context.Context, person string) ([]Stead, error) {
	if person == "" {
		return nil, nil
	}
	active, err := e.store.StandsIn(ctx, person, e.Today())
	if err != nil {
		return nil, fmt.Errorf("load substitutions: %w", err)
	}
	var steads []Stead
	for _, substitution := range active {
		absent, err := e.store.Person(ctx, substitution.Absent)
		if err != nil {
			return nil, fmt.Errorf("load absent person: %w", err)
		}
		if lent := lent(absent, substitution.Roles); len(lent) > 0 {
			steads = append(steads, Stead{Substitution: substitution, As: workflow.Person{ID: person, Roles: lent, OnBehalfOf: absent.ID}})
		}
	}
	return steads, nil
}

// lent gives the roles that an absent person lends; no roles chosen means all that move something.
func lent(absent store.Person, chosen []workflow.Role) []workflow.Role {
	var roles []workflow.Role
	for _, role := range absent.Roles {
		if role.Moves() && !absent.Disabled && (len(chosen) == 0 || slices.Contains(chosen, role)) {
			roles = append(roles, role)
		}
	}
	return roles
}

// Standing gives everybody that a person may act as today: first the person itself, then one for each substitution. For
// each of them [TasksOf] asks for its tasks.
func (e *Engine) Standing(ctx context.Context, person workflow.Person) ([]workflow.Person, error) {
	steads, err := e.StandsIn(ctx, person.ID)
	if err != nil {
		return nil, err
	}
	standing := []workflow.Person{person}
	for _, stead := range steads {
		standing = append(standing, stead.As)
	}
	return standing, nil
}

// StandingFor gives whom a person acts as today for somebody of the id or login; ok is false where they do not stand in.
func (e *Engine) StandingFor(ctx context.Context, person workflow.Person, absent string) (as workflow.Person, ok bool, err error) {
	whom, err := e.person(ctx, absent)
	if errors.Is(err, store.ErrNotFound) {
		return workflow.Person{}, false, nil
	}
	if err != nil {
		return workflow.Person{}, false, err
	}
	steads, err := e.StandsIn(ctx, person.ID)
	for _, stead := range steads {
		if stead.As.OnBehalfOf == whom.ID {
			return stead.As, true, nil
		}
	}
	return workflow.Person{}, false, err
}

// TasksOf is the filter for the tasks of somebody of [Engine.Standing]: assigned to the person, or to the one on whose behalf
// it acts, or free and asked of the roles held or lent. Each standing has a list of its own, so that it can be paged.
func TasksOf(standing workflow.Person) store.TaskFilter {
	filter := store.TaskFilter{MineUser: standing.ID, MineRoles: standing.Roles}
	if standing.OnBehalfOf != "" {
		filter.MineUser = standing.OnBehalfOf
	}
	return filter
}

// acting does something as the person who asks. Where that person's own roles never suffice, it is done on behalf of the first
// whom they stand in for and whose roles do; a caller who names somebody acts on behalf of nobody else.
func acting[T any](ctx context.Context, e *Engine, request Request, do func(Request) (T, error)) (T, error) {
	if request.By.OnBehalfOf != "" {
		as, err := e.named(ctx, request.By)
		if err != nil {
			var none T
			return none, err
		}
		request.By = as
		return do(request)
	}
	result, refused := do(request)
	if !forbidden(refused) {
		return result, refused
	}
	steads, err := e.StandsIn(ctx, request.By.ID)
	if err != nil {
		return result, err
	}
	for _, stead := range steads {
		request.By = stead.As
		if other, err := do(request); !forbidden(err) {
			return other, err
		}
	}
	return result, refused
}

// named finds the substitution that the caller names.
func (e *Engine) named(ctx context.Context, by workflow.Person) (workflow.Person, error) {
	steads, err := e.StandsIn(ctx, by.ID)
	if err != nil {
		return workflow.Person{}, err
	}
	for _, stead := range steads {
		if stead.As.OnBehalfOf == by.OnBehalfOf {
			return stead.As, nil
		}
	}
	return workflow.Person{}, &workflow.Refusal{Kind: workflow.Forbidden, Message: notStandingIn, Blockers: []workflow.Blocker{{
		Code: "no_substitution", Message: notStandingIn, Severity: workflow.Block,
	}}}
}

var notStandingIn = workflow.Text{
	PL: "Nie zastępujesz dziś tej osoby. Zastępstwo ustawia osoba nieobecna albo administrator.",
	EN: "You do not stand in for this person today. A substitution is set by the absent person or an administrator.",
}

func forbidden(err error) bool {
	var refusal *workflow.Refusal
	return errors.As(err, &refusal) && refusal.Kind == workflow.Forbidden
}
