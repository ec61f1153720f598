package engine_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/store"
	"hejnal/workflow"
)

// quick is a store that costs nothing: it knows one case, and commits everything without keeping it.
type quick struct {
	engine.Store
	proposal workflow.Proposal
}

func (q *quick) PutDefinition(context.Context, string, int, string, []byte) error { return nil }

func (q *quick) NextSerial(context.Context, string) (int, error) { return 1, nil }

func (q *quick) PartnerByName(context.Context, string, string, string) (store.Partner, error) {
	return store.Partner{}, store.ErrNotFound
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

// BenchmarkAdvance is what the engine itself costs for a command: deciding it and writing its event, without a store.
func BenchmarkAdvance(b *testing.B) {
	forms, err := installation.LoadForms("")
	if err != nil {
		b.Fatal(err)
	}
	e, err := engine.New(b.Context(), engine.Options{
		Store: &quick{}, Forms: forms, Source: "urn:hejnal:test", NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		Now: time.Now, Random: rand.Reader,
	})
	if err != nil {
		b.Fatal(err)
	}
	official := workflow.Person{ID: "0198", Roles: []workflow.Role{workflow.Official}}
	opened, err := e.Propose(b.Context(), as(official), engine.NewProposal{
		Form: "informal_cooperation", Title: "Współpraca z Bergen", Partner: &engine.NewPartner{Name: "Bergen", Country: "NO", Kind: "city"},
	})
	if err != nil {
		b.Fatal(err)
	}
	command := workflow.Command{Transition: "record_contact", Inputs: map[string]json.RawMessage{"note": json.RawMessage(`"Spotkanie w sprawie współpracy"`)}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Advance(b.Context(), as(official), opened.Proposal.ID, command); err != nil {
			b.Fatal(err)
		}
	}
}
