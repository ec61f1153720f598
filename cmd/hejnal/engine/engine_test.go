package engine_test

import (
	"crypto/rand"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/store"
	"hejnal/store/sqlite"
	"hejnal/workflow"
)

// house is an engine over a real store, with people of every role and a clock of its own.
type house struct {
	*engine.Engine
	store *sqlite.Store
	now   *atomic.Int64 // Unix seconds

	official, lawyer, president, secretariat, auditor workflow.Person
}

func open(t *testing.T) *house {
	t.Helper()
	return openObserved(t, engine.Observer{}, store.Observer{})
}

// openObserved opens a house of which observers are told.
func openObserved(t *testing.T, observer engine.Observer, writes store.Observer) *house {
	t.Helper()
	forms, err := installation.LoadForms("")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "hejnal.sqlite"), sqlite.Options{Observer: writes})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := kept.Close(); err != nil {
			t.Error(err)
		}
	})
	h := &house{store: kept, now: &atomic.Int64{}}
	h.now.Store(time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC).Unix())
	h.Engine, err = engine.New(t.Context(), engine.Options{
		Store: kept, Forms: forms, Source: "urn:hejnal:test", NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		Now: func() time.Time { return time.Unix(h.now.Load(), 0) }, Random: rand.Reader, Observer: observer,
	})
	if err != nil {
		t.Fatal(err)
	}
	for role, person := range map[workflow.Role]*workflow.Person{
		workflow.Official: &h.official, workflow.Lawyer: &h.lawyer, workflow.President: &h.president,
		workflow.Secretariat: &h.secretariat, workflow.Auditor: &h.auditor,
	} {
		added, err := h.AddPerson(t.Context(), engine.NewPerson{Name: "test." + string(role), Roles: []workflow.Role{role}})
		if err != nil {
			t.Fatal(err)
		}
		*person = workflow.Person{ID: added.ID, Roles: added.Roles}
	}
	return h
}

// as is a request of a person.
func as(person workflow.Person) engine.Request { return engine.Request{By: person} }

// proposal opens a proposal of a form with a city of the country.
func (h *house) proposal(t *testing.T, form, name, country, kind string) workflow.Proposal {
	t.Helper()
	result, err := h.Propose(t.Context(), as(h.official), engine.NewProposal{
		Form: form, Title: "Współpraca: " + name, Partner: &engine.NewPartner{Name: name, Country: country, Kind: kind},
	})
	if err != nil {
		t.Fatal(err)
	}
	return result.Proposal
}

func (h *house) head(t *testing.T) int64 {
	t.Helper()
	head, err := h.store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head
}
