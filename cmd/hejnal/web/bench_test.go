package web_test

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/cmd/hejnal/web"
	"hejnal/store"
	"hejnal/workflow"
)

// everything is what engine and face ask of a store.
type everything interface {
	engine.Store
	web.Store
}

// quick is a store that costs nothing: it knows one official and one case, and commits everything without keeping it.
type quick struct {
	everything
	official store.Person
	proposal workflow.Proposal
}

func (q *quick) PutDefinition(context.Context, string, int, string, []byte) error { return nil }

func (q *quick) NextSerial(context.Context, string) (int, error) { return 1, nil }

func (q *quick) PartnerByName(context.Context, string, string, string) (store.Partner, error) {
	return store.Partner{}, store.ErrNotFound
}

func (q *quick) PersonByToken(context.Context, string, time.Time) (store.Person, error) {
	return q.official, nil
}

func (q *quick) CaseWithPartner(context.Context, string) (workflow.Proposal, store.Partner, error) {
	return q.proposal, store.Partner{Partner: q.proposal.Partner}, nil
}

func (q *quick) Commit(_ context.Context, change store.Change) (store.Committed, error) {
	if q.proposal.ID == "" {
		q.proposal = change.Cases[0].Proposal
	}
	return store.Committed{FirstPos: 1}, nil
}

// nowhere takes log records that are written in full and read by nobody.
type nowhere struct{}

// Write implements [io.Writer].
func (nowhere) Write(p []byte) (int, error) { return len(p), nil }

// BenchmarkTransition is what a transition costs over HTTP besides the store and the connection.
func BenchmarkTransition(b *testing.B) {
	forms, err := installation.LoadForms("")
	if err != nil {
		b.Fatal(err)
	}
	kept := &quick{official: store.Person{ID: "0198", Roles: []workflow.Role{workflow.Official}}}
	newID := func() string { return uuid.Must(uuid.NewV7()).String() }
	e, err := engine.New(b.Context(), engine.Options{
		Store: kept, Forms: forms, Source: "urn:hejnal:test", NewID: newID, Now: time.Now, Random: rand.Reader,
	})
	if err != nil {
		b.Fatal(err)
	}
	handler, err := web.New(web.Options{
		Engine: e, Store: kept, Now: time.Now, NewID: newID, Log: slog.New(slog.NewJSONHandler(nowhere{}, nil)),
	})
	if err != nil {
		b.Fatal(err)
	}
	call := func(path, body string) {
		request := httptest.NewRequest(http.MethodPost, "/api/v1"+path, strings.NewReader(body))
		request.Header.Set("Authorization", "Bearer x")
		request.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		if answer.Code != http.StatusCreated {
			b.Fatalf("%d %s", answer.Code, answer.Body)
		}
	}
	call("/proposals", `{"form":"informal_cooperation","title":"Współpraca","partner":{"name":"Bergen","country":"NO","kind":"city"}}`)
	path := "/proposals/" + kept.proposal.ID + "/transitions"
	b.ReportAllocs()
	for b.Loop() {
		call(path, `{"transition":"record_contact","inputs":{"note":"Spotkanie w sprawie współpracy"}}`)
	}
}
