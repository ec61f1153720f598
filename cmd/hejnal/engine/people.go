package engine

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"time"

	"hejnal/store"
	"hejnal/workflow"
)

// NewPerson is somebody who may sign in.
type NewPerson struct {
	Name         string // login
	FullName     string
	Roles        []workflow.Role
	PasswordHash string // of a one-time password
}

var loginName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

// AddPerson enters a person. It is an act of whoever runs the installation, so it asks for no role.
func (e *Engine) AddPerson(ctx context.Context, asked NewPerson) (store.Person, error) {
	if !loginName.MatchString(asked.Name) {
		return store.Person{}, invalid("/name", "Login: małe litery, cyfry, kropka, myślnik; do 64 znaków.", "A login has lower-case letters, digits, dots and hyphens, 64 at most.")
	}
	if len(asked.Roles) == 0 || slices.ContainsFunc(asked.Roles, func(r workflow.Role) bool { return !r.Known() }) {
		return store.Person{}, invalid("/roles", "Podaj istniejące role.", "Give roles that exist.")
	}
	if why := wrongText(asked.FullName, maxName, workflow.NotPlainLine); asked.FullName != "" && !why.IsZero() {
		return store.Person{}, invalid("/full_name", why.PL, why.EN)
	}
	moment := e.moment()
	once := slices.DeleteFunc(workflow.Roles(), func(r workflow.Role) bool { return !slices.Contains(asked.Roles, r) })
	person := store.Person{
		ID: e.opts.NewID(), Name: asked.Name, FullName: asked.FullName, Roles: once, PasswordHash: asked.PasswordHash,
		MustChange: true, Version: 1, CreatedAt: moment.Now,
	}
	entry, err := e.personEntry("person_added", person, moment.Now)
	if err != nil {
		return store.Person{}, err
	}
	_, err = e.store.Commit(ctx, store.Change{
		At: moment.Now, People: []store.PersonWrite{{Person: person}}, Entries: []store.Entry{entry},
	})
	if err != nil {
		return store.Person{}, fmt.Errorf("add person: %w", err)
	}
	return person, nil
}

// DisablePerson ends a person's right to sign in and every token of theirs; what they did stays theirs.
func (e *Engine) DisablePerson(ctx context.Context, name string) (store.Person, error) {
	return e.changePerson(ctx, name, "person_disabled", func(p *store.Person) error {
		p.Disabled = true
		return nil
	})
}

// SetPassword gives a person a password of their own.
func (e *Engine) SetPassword(ctx context.Context, name, hash string) (store.Person, error) {
	return e.changePerson(ctx, name, "password_changed", func(p *store.Person) error {
		p.PasswordHash, p.MustChange = hash, false
		return nil
	})
}

// ResetPassword gives a person a one-time password, which they have to change. It is an error of whoever is disabled, which is for good.
func (e *Engine) ResetPassword(ctx context.Context, name, hash string) (store.Person, error) {
	return e.changePerson(ctx, name, "password_reset", func(p *store.Person) error {
		if p.Disabled {
			return fmt.Errorf("give %s a password: the person is disabled, for good; enter them again under another login", name)
		}
		p.PasswordHash, p.MustChange = hash, true
		return nil
	})
}

func (e *Engine) changePerson(ctx context.Context, name, event string, change func(*store.Person) error) (store.Person, error) {
	var changed store.Person
	_, err := e.commit(ctx, Request{}, func(ctx context.Context) (store.Change, Result, error) {
		person, err := e.store.PersonByName(ctx, name)
		if err != nil {
			return store.Change{}, Result{}, fmt.Errorf("find %s: %w", name, err)
		}
		before, moment := person.Version, e.moment()
		if err := change(&person); err != nil {
			return store.Change{}, Result{}, err
		}
		person.Version++
		entry, err := e.personEntry(event, person, moment.Now)
		if err != nil {
			return store.Change{}, Result{}, err
		}
		changed = person
		return store.Change{
			At: moment.Now, People: []store.PersonWrite{{Expect: before, Person: person}}, Entries: []store.Entry{entry},
		}, Result{}, nil
	})
	return changed, err
}

// CreateToken keeps an API token by the hash of its secret.
func (e *Engine) CreateToken(ctx context.Context, name, hash string, lasts time.Duration) (store.Token, error) {
	person, err := e.store.PersonByName(ctx, name)
	if err != nil {
		return store.Token{}, fmt.Errorf("find %s: %w", name, err)
	}
	if person.Disabled {
		return store.Token{}, fmt.Errorf("create token for %s: the person is disabled", name)
	}
	moment := e.moment()
	token := store.Token{ID: e.opts.NewID(), PersonID: person.ID, Hash: hash, CreatedAt: moment.Now}
	if lasts > 0 {
		token.ExpiresAt = moment.Now.Add(lasts)
	}
	entry, err := e.personEntry("token_created", person, moment.Now)
	if err != nil {
		return store.Token{}, err
	}
	_, err = e.store.Commit(ctx, store.Change{At: moment.Now, Tokens: []store.Token{token}, Entries: []store.Entry{entry}})
	if err != nil {
		return store.Token{}, fmt.Errorf("create token: %w", err)
	}
	return token, nil
}

// personData is what an admin event tells of a person: an opaque id, never a name.
type personData struct {
	Person   string          `json:"person"`
	Roles    []workflow.Role `json:"roles"`
	Disabled bool            `json:"disabled"`
}

func (e *Engine) personEntry(event string, p store.Person, at time.Time) (store.Entry, error) {
	return e.adminEntry(event, p.ID, at, personData{Person: p.ID, Roles: p.Roles, Disabled: p.Disabled})
}

func (e *Engine) adminEntry(event, about string, at time.Time, data any) (store.Entry, error) {
	return e.adminEntryAs(e.opts.NewID(), event, about, at, data)
}

func (e *Engine) adminEntryAs(id, event, about string, at time.Time, data any) (store.Entry, error) {
	subject, err := e.opts.Subjects.Admin(event)
	if err != nil {
		return store.Entry{}, err
	}
	text, err := e.text(id, "admin", about, at, "", data)
	if err != nil {
		return store.Entry{}, err
	}
	return store.Entry{ID: id, Kind: "admin", Subject: subject, Text: text}, nil
}
