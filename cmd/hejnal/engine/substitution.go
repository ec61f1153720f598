package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// NewSubstitution says who is to act for whom. People are given by id or login.
type NewSubstitution struct {
	Absent     string // empty: the one who asks
	Substitute string
	From       calendar.Date
	Until      calendar.Date   // the first day after
	Roles      []workflow.Role // empty: all of the absent person's that move something
	Reason     string
}

// The admin events of substitutions.
const (
	SubstitutionAdded = "substitution_added"
	SubstitutionEnded = "substitution_ended"
)

// Bounds of a substitution.
const (
	longestSubstitution = 366 // days
	maxReason           = 500 // characters
)

// Substitute lets somebody act for another during absence. The absent person may set it, and an administrator. The result has
// the substitution. Errors: *workflow.Refusal, store.ErrKeyUsed.
func (e *Engine) Substitute(ctx context.Context, request Request, asked NewSubstitution) (Result, error) {
	return e.commit(ctx, request, func(ctx context.Context) (store.Change, Result, error) {
		absent, err := e.found(ctx, cmp.Or(asked.Absent, request.By.ID))
		if err != nil {
			return store.Change{}, Result{}, err
		}
		if absent.ID != request.By.ID && !request.By.Has(workflow.Admin) {
			return store.Change{}, Result{}, notForSubstitutions()
		}
		substitute, err := e.found(ctx, asked.Substitute)
		if err != nil {
			return store.Change{}, Result{}, err
		}
		moment := e.moment()
		if refusal := asked.check(request.By, absent, substitute, moment.Today); refusal != nil {
			return store.Change{}, Result{}, refusal
		}
		if err := e.alone(ctx, absent.ID, asked); err != nil {
			return store.Change{}, Result{}, err
		}
		set := store.Substitution{
			ID: e.opts.NewID(), Absent: absent.ID, Substitute: substitute.ID, From: asked.From, Until: asked.Until, Roles: asked.Roles,
			Reason: strings.TrimSpace(asked.Reason), By: request.By.ID, CreatedAt: moment.Now,
		}
		change, err := e.substitutionChange(SubstitutionAdded, store.SubstitutionWrite{Substitution: set}, moment)
		expect := absent.Version
		absent.Version++ // so that no other substitution of the same person is added at the same time
		change.People = []store.PersonWrite{{Expect: expect, Person: absent}}
		return change, Result{Substitution: set}, err
	})
}

// EndSubstitution ends a substitution before its time, or before it begins. Whoever may set it may end it. Errors:
// *workflow.Refusal, store.ErrNotFound, store.ErrKeyUsed.
func (e *Engine) EndSubstitution(ctx context.Context, request Request, id string) (Result, error) {
	return e.commit(ctx, request, func(ctx context.Context) (store.Change, Result, error) {
		set, err := e.store.Substitution(ctx, id)
		if err != nil {
			return store.Change{}, Result{}, fmt.Errorf("load substitution: %w", err)
		}
		if set.Absent != request.By.ID && !request.By.Has(workflow.Admin) {
			return store.Change{}, Result{}, notForSubstitutions()
		}
		moment := e.moment()
		if !set.EndedAt.IsZero() || set.Until <= moment.Today {
			return store.Change{}, Result{}, blocked("substitution_over", "To zastępstwo już się skończyło.", "This substitution is over already.")
		}
		set.EndedAt = moment.Now
		change, err := e.substitutionChange(SubstitutionEnded, store.SubstitutionWrite{End: true, Substitution: set}, moment)
		return change, Result{Substitution: set}, err
	})
}

// Substitutions lists substitutions, the last set first: everybody's for administrators and auditors, one's own for others.
func (e *Engine) Substitutions(ctx context.Context, by workflow.Person, asked store.PageRequest) (store.Page[store.Substitution], error) {
	filter := store.SubstitutionFilter{Person: by.ID, PageRequest: asked}
	if by.Has(workflow.Admin, workflow.Auditor) {
		filter.Person = ""
	}
	page, err := e.store.ListSubstitutions(ctx, filter)
	if err != nil {
		return page, fmt.Errorf("list substitutions: %w", err)
	}
	return page, nil
}

// found is a person by id or login; the zero value where there is none.
func (e *Engine) found(ctx context.Context, user string) (store.Person, error) {
	if user == "" {
		return store.Person{}, nil
	}
	person, err := e.person(ctx, user)
	if errors.Is(err, store.ErrNotFound) {
		return store.Person{}, nil
	}
	return person, err
}

func notForSubstitutions() *workflow.Refusal {
	return notFor([]workflow.Role{workflow.Admin}, "Zastępstwo ustawia i kończy osoba nieobecna albo administrator.",
		"A substitution is set and ended by the absent person or an administrator.")
}

// check says everything that is wrong with what is asked.
func (n NewSubstitution) check(by workflow.Person, absent, substitute store.Person, today calendar.Date) *workflow.Refusal {
	var wrong []workflow.FieldError
	add := func(field, pl, en string) {
		wrong = append(wrong, workflow.FieldError{Pointer: "/" + field, Message: workflow.Text{PL: pl, EN: en}})
	}
	n.checkPeople(by, absent, substitute, add)
	n.checkDays(today, add)
	reason := strings.TrimSpace(n.Reason)
	switch why := wrongText(reason, maxReason, workflow.NotPlain); {
	case !why.IsZero():
		add("reason", why.PL, why.EN)
	case reason == "":
		add("reason", fmt.Sprintf("Podaj powód, od 1 do %d znaków.", maxReason), fmt.Sprintf("Give the reason, 1 to %d characters.", maxReason))
	}
	if len(wrong) == 0 {
		return nil
	}
	return &workflow.Refusal{Kind: workflow.Invalid, Errors: wrong, Message: workflow.Text{
		PL: "Popraw zastępstwo: " + wrong[0].Message.PL, EN: "Correct the substitution: " + wrong[0].Message.EN,
	}}
}

func (n NewSubstitution) checkPeople(by workflow.Person, absent, substitute store.Person, add func(field, pl, en string)) {
	switch {
	case absent.ID == "" || absent.Disabled:
		add("absent", "Nie ma takiej osoby. Wybierz osobę z listy.", "There is no such person. Choose one from the list.")
	case len(lent(absent, nil)) == 0:
		add("absent", "Ta osoba nie ma roli, w której można ją zastąpić: niczego nie zatwierdza.",
			"This person has no role in which somebody could stand in: they decide nothing.")
	default:
		n.checkRoles(absent, add)
	}
	switch {
	case substitute.ID == "":
		add("substitute", "Nie ma takiej osoby. Wybierz osobę z listy.", "There is no such person. Choose one from the list.")
	case substitute.ID == absent.ID:
		add("substitute", "Nikt nie zastępuje sam siebie. Wybierz inną osobę.", "Nobody stands in for themselves. Choose another person.")
	case substitute.Disabled:
		add("substitute", "Ta osoba nie może się już logować. Wybierz inną.", "This person may not sign in any more. Choose another.")
	case substitute.ID == by.ID && absent.ID != by.ID:
		add("substitute", "Nikt nie wyznacza zastępcą sam siebie. Wybierz inną osobę.", "Nobody appoints themselves. Choose another person.")
	case !slices.ContainsFunc(substitute.Roles, workflow.Role.Reads):
		add("substitute", "Ta osoba tylko odbiera zdarzenia. Wybierz kogoś, kto czyta sprawy.",
			"This person only receives events. Choose somebody who reads cases.")
	}
}

func (n NewSubstitution) checkRoles(absent store.Person, add func(field, pl, en string)) {
	held := lent(absent, nil)
	for i, role := range n.Roles {
		if !slices.Contains(held, role) || slices.Contains(n.Roles[:i], role) {
			titles := workflow.TitlesOf(held)
			add(fmt.Sprintf("roles/%d", i), "Wybierz, każdą raz, z ról osoby nieobecnej: "+titles.PL+".", "Choose, each once, from the absent person's roles: "+titles.EN+".")
		}
	}
}

func (n NewSubstitution) checkDays(today calendar.Date, add func(field, pl, en string)) {
	_, wrongFrom := calendar.Parse(string(n.From))
	_, wrongUntil := calendar.Parse(string(n.Until))
	for _, day := range []struct {
		field string
		wrong error
	}{{"from", wrongFrom}, {"until", wrongUntil}} {
		if day.wrong != nil {
			add(day.field, "Podaj istniejącą datę w postaci RRRR-MM-DD.", "Give a date that exists, as YYYY-MM-DD.")
		}
	}
	if wrongFrom != nil || wrongUntil != nil {
		return
	}
	switch {
	case n.Until <= n.From:
		add("until", "Dzień powrotu musi być późniejszy niż pierwszy dzień zastępstwa ("+string(n.From)+").",
			"The day of return must come after the first day of the substitution ("+string(n.From)+").")
	case n.Until <= today:
		add("until", "To zastępstwo byłoby już zakończone. Podaj dzień powrotu późniejszy niż dziś ("+string(today)+").",
			"This substitution would be over already. Give a day of return after today ("+string(today)+").")
	case n.From.DaysUntil(n.Until) > longestSubstitution:
		add("until", fmt.Sprintf("Zastępstwo trwa najwyżej %d dni. Podaj wcześniejszy dzień powrotu.", longestSubstitution),
			fmt.Sprintf("A substitution lasts %d days at most. Give an earlier day of return.", longestSubstitution))
	}
}

// alone refuses a substitution that overlaps another one of the same absent person.
func (e *Engine) alone(ctx context.Context, absent string, asked NewSubstitution) error {
	others, err := e.store.SubstitutionsOf(ctx, absent, asked.From)
	if err != nil {
		return fmt.Errorf("load substitutions: %w", err)
	}
	for _, other := range others {
		if other.From < asked.Until {
			return blocked("substitution_overlaps",
				fmt.Sprintf("Ta osoba ma już zastępstwo od %s do powrotu %s. Zakończ je albo wybierz inne dni.", other.From, other.Until),
				fmt.Sprintf("This person already has a substitution from %s until their return on %s. End it or choose other days.", other.From, other.Until))
		}
	}
	return nil
}

// substitutionData is what an admin event tells of a substitution: opaque ids and days, never a reason.
type substitutionData struct {
	Person       string          `json:"person"` // who is absent
	Substitution string          `json:"substitution"`
	Substitute   string          `json:"substitute"`
	From         calendar.Date   `json:"from"`
	Until        calendar.Date   `json:"until"`
	Roles        []workflow.Role `json:"roles"` // empty: all that move something
}

func (e *Engine) substitutionChange(event string, write store.SubstitutionWrite, moment workflow.Moment) (store.Change, error) {
	s := write.Substitution
	data := substitutionData{Person: s.Absent, Substitution: s.ID, Substitute: s.Substitute, From: s.From, Until: s.Until, Roles: append([]workflow.Role{}, s.Roles...)}
	entry, err := e.adminEntry(event, s.Absent, moment.Now, data)
	return store.Change{At: moment.Now, Substitutions: []store.SubstitutionWrite{write}, Entries: []store.Entry{entry}}, err
}
