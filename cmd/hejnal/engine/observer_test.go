package engine_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/store"
	"hejnal/workflow"
)

// witness writes down what an engine and its store tell.
type witness struct {
	mu    sync.Mutex
	lines []string
}

func (w *witness) note(format string, values ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lines = append(w.lines, fmt.Sprintf(format, values...))
}

func (w *witness) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	lines := w.lines
	w.lines = nil
	return lines
}

func (w *witness) observer() engine.Observer {
	return engine.Observer{
		Asked: func(form, transition string, refused error) { w.note("%s/%s %s", form, transition, outcome(refused)) },
		Step: func(ctx context.Context, name string) (context.Context, string, func(error)) {
			w.note("%s", name)
			return ctx, "trace of " + name, func(err error) { w.note("%s: %s", name, outcome(err)) }
		},
		Repeated: func() { w.note("repeated") },
	}
}

func outcome(err error) string {
	var refusal *workflow.Refusal
	var moved *engine.MovedError
	switch {
	case err == nil:
		return "accepted"
	case errors.As(err, &refusal):
		return string(refusal.Kind)
	case errors.As(err, &moved):
		return "moved"
	case errors.Is(err, store.ErrNotFound):
		return "not found"
	case errors.Is(err, store.ErrStale):
		return "stale"
	}
	return err.Error()
}

func TestEachTransitionAskedForIsToldWithItsSteps(t *testing.T) {
	w := &witness{}
	var traces []string
	h := openObserved(t, w.observer(), store.Observer{Group: func(g store.Group) { traces = append(traces, g.Traces...) }})
	p := h.proposal(t, "twin_city_agreement", "Oslo", "NO", "city")
	told := func(what string, want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, w.take()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	steps := []string{"decide", "decide: accepted", "commit", "commit: accepted"}
	told("a proposal", append(steps, "twin_city_agreement/open accepted")...)
	if _, err := h.Advance(t.Context(), as(h.official), p.ID, contact(t)); err != nil {
		t.Fatal(err)
	}
	told("a transition", append(steps, "twin_city_agreement/record_contact accepted")...)
	for what, test := range map[string]struct {
		id      string
		request engine.Request
		command workflow.Command
		outcome string
		told    string
	}{
		"another role":          {p.ID, as(h.auditor), contact(t), "forbidden", "twin_city_agreement/record_contact"},
		"an unknown transition": {p.ID, as(h.official), workflow.Command{Transition: "made-up-1"}, "unknown_transition", "twin_city_agreement/"},
		"an unknown case":       {"01234567-89ab-7def-8123-456789abcdef", as(h.official), contact(t), "not found", "/"},
		"a stale version":       {p.ID, engine.Request{By: h.official, Expect: 1}, contact(t), "moved", "twin_city_agreement/record_contact"},
	} {
		if _, err := h.Advance(t.Context(), test.request, test.id, test.command); err == nil {
			t.Fatalf("%s is accepted", what)
		}
		told(what, "decide", "decide: "+test.outcome, test.told+" "+test.outcome)
	}
	if _, err := h.Propose(t.Context(), as(h.official), engine.NewProposal{Form: "made-up-2"}); err == nil {
		t.Fatal("an unknown form is accepted")
	}
	told("an unknown form", "/ invalid")
	if err := h.store.Close(); err != nil { // afterwards nobody writes to traces any more
		t.Fatal(err)
	}
	if want := []string{"trace of commit", "trace of commit"}; !slices.Equal(traces, want) {
		t.Errorf("the store was told the traces %v, want %v", traces, want)
	}
}

func TestADecisionThatLostARaceIsToldAgain(t *testing.T) {
	var other *engine.Engine
	var id string
	w := &witness{}
	observer := w.observer()
	h := openObserved(t, engine.Observer{
		Asked: observer.Asked, Repeated: observer.Repeated,
		Step: func(ctx context.Context, name string) (context.Context, string, func(error)) {
			if name == engine.StepCommit && id != "" { // somebody else comes first, once
				moved := id
				id = ""
				if _, err := other.Advance(ctx, as(workflow.Person{ID: "other", Roles: []workflow.Role{workflow.Official}}), moved, contact(t)); err != nil {
					t.Error(err)
				}
			}
			return observer.Step(ctx, name)
		},
	}, store.Observer{})
	p := h.proposal(t, "twin_city_agreement", "Oslo", "NO", "city")
	var err error
	if other, err = engine.New(t.Context(), engine.Options{
		Store: h.store, Forms: h.Forms(), Source: "urn:hejnal:test", NewID: installation.NewID, Now: time.Now, Random: rand.Reader,
	}); err != nil {
		t.Fatal(err)
	}
	w.take()
	id = p.ID
	if _, err := h.Advance(t.Context(), as(h.official), p.ID, contact(t)); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"decide", "decide: accepted", "commit", "commit: stale", "repeated",
		"decide", "decide: accepted", "commit", "commit: accepted", "twin_city_agreement/record_contact accepted",
	}
	if diff := cmp.Diff(want, w.take()); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

func contact(t *testing.T) workflow.Command {
	t.Helper()
	return workflow.Command{Transition: "record_contact", Inputs: input(t, map[string]any{"note": "Rozmowa"})}
}
