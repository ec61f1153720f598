package pagestest

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web"
	"hejnal/events"
	"hejnal/store"
	"hejnal/store/blob"
	"hejnal/store/sqlite"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/language"
)

// Password is everybody's.
const Password = "szary koń na błoniach"

// FirstDay is the day on which a house begins, a Monday.
const FirstDay calendar.Date = "2026-03-02"

// House is the face of the program over a store of its own. Of every role there are two people, signed in as the role's id
// and as the same with "-2" behind it; "everybody" has all the roles that move cases.
type House struct {
	Store  *sqlite.Store
	Engine *engine.Engine
	Blobs  *blob.Store
	URL    string
	// People are those who can sign in, by login.
	People map[string]store.Person

	t     testing.TB
	files int

	mu  sync.Mutex
	now time.Time
}

var forms = sync.OnceValues(func() ([]*workflow.Definition, error) {
	set, err := language.Load(workflow.Definitions)
	if err != nil {
		return nil, err
	}
	var compiled []*workflow.Definition
	for _, source := range set.Forms() {
		definition, findings := workflow.Compile(source)
		if len(findings) > 0 {
			return nil, fmt.Errorf("compile %s: %s", source.Form, findings[0].Message)
		}
		compiled = append(compiled, definition)
	}
	return compiled, nil
})

// New opens a house; the changes are made to the options of its face.
func New(t testing.TB, changes ...func(*web.Options)) *House {
	t.Helper()
	h := &House{t: t, now: FirstDay.StartOf(time.UTC).Add(10 * time.Hour), People: map[string]store.Person{}}
	dir := t.TempDir()
	var err error
	h.Store, err = sqlite.Open(t.Context(), filepath.Join(dir, "hejnal.db"), sqlite.Options{})
	h.check(err)
	t.Cleanup(func() { h.check(h.Store.Close()) })
	h.Blobs, err = blob.Open(filepath.Join(dir, "files"))
	h.check(err)
	definitions, err := forms()
	h.check(err)
	newID := func() string { return uuid.Must(uuid.NewV7()).String() }
	h.Engine, err = engine.New(t.Context(), engine.Options{
		Store: h.Store, Forms: definitions, Subjects: events.Subjects{}, Source: "urn:hejnal:test", Now: h.Now, NewID: newID, Random: rand.Reader,
	})
	h.check(err)
	var moving []workflow.Role
	for _, role := range workflow.Roles() {
		h.AddPerson(string(role), role)
		h.AddPerson(string(role)+"-2", role)
		if role.Moves() {
			moving = append(moving, role)
		}
	}
	h.AddPerson("everybody", moving...)
	options := web.Options{
		Engine: h.Engine, Store: h.Store, Blobs: h.Blobs, Now: h.Now, NewID: newID, Log: slog.New(slog.DiscardHandler),
		Secret: rand.Text, Passwords: Passwords{},
	}
	for _, change := range changes {
		change(&options)
	}
	handler, err := web.New(options)
	h.check(err)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	h.URL = server.URL
	return h
}

func (h *House) check(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// Passwords keeps passwords as they are, so that signing in costs nothing.
type Passwords struct{}

// Hash gives the password with a mark before it.
func (Passwords) Hash(_ context.Context, password string) (string, error) {
	return Hashed(password), nil
}

// Verify compares.
func (Passwords) Verify(_ context.Context, hash, password string) (bool, error) {
	return hash == Hashed(password), nil
}

// Hashed is the hash under which Passwords keeps a password.
func Hashed(password string) string { return "plain:" + password }

// AddPerson enters somebody who can sign in. Their name is their login and "Nowak".
func (h *House) AddPerson(login string, roles ...workflow.Role) store.Person {
	h.t.Helper()
	_, err := h.Engine.AddPerson(h.t.Context(), engine.NewPerson{Name: login, FullName: login + " Nowak", Roles: roles, PasswordHash: Hashed("jednorazowe")})
	h.check(err)
	person, err := h.Engine.SetPassword(h.t.Context(), login, Hashed(Password))
	h.check(err)
	h.People[login] = person
	return person
}

// Crowd enters so many people of a role at once, who cannot sign in: the login of the last is "z-" with the number, in four digits.
func (h *House) Crowd(role workflow.Role, count int) {
	h.t.Helper()
	change := store.Change{At: h.Now()}
	for n := range count {
		name := fmt.Sprintf("z-%04d", n+1)
		change.People = append(change.People, store.PersonWrite{Person: store.Person{
			ID: uuid.Must(uuid.NewV7()).String(), Name: name, FullName: name + " Nowak", Roles: []workflow.Role{role}, Version: 1, CreatedAt: change.At,
		}})
	}
	_, err := h.Store.Commit(h.t.Context(), change)
	h.check(err)
}

// By is a person as the core knows them.
func (h *House) By(login string) workflow.Person {
	h.t.Helper()
	person, ok := h.People[login]
	if !ok {
		h.t.Fatalf("nobody is called %s", login)
	}
	return workflow.Person{ID: person.ID, Roles: person.Roles}
}

// Now is what the clock of the house says; it moves on by a millisecond each time.
func (h *House) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(time.Millisecond)
	return h.now
}

// Today is the day of the house.
func (h *House) Today() calendar.Date { return calendar.Of(h.Now(), calendar.Zone()) }

// Wait lets time pass until ten o'clock UTC of the day; a day that is not after today changes nothing.
func (h *House) Wait(until calendar.Date) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if until > calendar.Of(h.now, calendar.Zone()) {
		h.now = until.StartOf(time.UTC).Add(10 * time.Hour)
	}
}

// Pass lets some time pass.
func (h *House) Pass(time time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(time)
}
