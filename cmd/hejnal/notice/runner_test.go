package notice_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/cmd/hejnal/news"
	"hejnal/cmd/hejnal/notice"
	"hejnal/store"
	"hejnal/store/sqlite"
	"hejnal/workflow"
)

// house is an engine over a real store, with a runner that makes notices of what it does.
type house struct {
	*engine.Engine
	store  *sqlite.Store
	runner *notice.Runner
	now    time.Time

	official, lawyer, president workflow.Person
}

func open(t *testing.T) *house {
	t.Helper()
	forms, err := installation.LoadForms("")
	check(t, err)
	h := &house{now: time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)}
	h.store, err = sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "hejnal.sqlite"), sqlite.Options{})
	check(t, err)
	t.Cleanup(func() { check(t, h.store.Close()) })
	clock := func() time.Time { return h.now }
	h.Engine, err = engine.New(t.Context(), engine.Options{
		Store: h.store, Forms: forms, Source: "urn:hejnal:test", NewID: func() string { return uuid.Must(uuid.NewV7()).String() }, Now: clock, Random: rand.Reader,
	})
	check(t, err)
	h.runner = &notice.Runner{Store: h.store, News: &news.Board{}, Holder: "one", Now: clock, Log: slog.New(slog.DiscardHandler)}
	for role, person := range map[workflow.Role]*workflow.Person{workflow.Official: &h.official, workflow.Lawyer: &h.lawyer, workflow.President: &h.president} {
		added, err := h.AddPerson(t.Context(), engine.NewPerson{Name: string(role), Roles: []workflow.Role{role}})
		check(t, err)
		*person = workflow.Person{ID: added.ID, Roles: added.Roles}
	}
	return h
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// invited opens a case that waits for the President, and gives its task.
func (h *house) invited(t *testing.T) workflow.Task {
	t.Helper()
	result, err := h.Propose(t.Context(), engine.Request{By: h.official}, engine.NewProposal{
		Form: "political_body", Title: "Forum", Partner: &engine.NewPartner{Name: "Forum Miast", Country: "SE", Kind: "organisation"},
	})
	check(t, err)
	return result.Proposal.Tasks[0]
}

func (h *house) kinds(t *testing.T, of workflow.Person) []string {
	t.Helper()
	page, err := h.store.ListNotices(t.Context(), of.ID, store.PageRequest{})
	check(t, err)
	var kinds []string
	for _, n := range page.Items {
		kinds = append(kinds, n.Kind)
	}
	return kinds
}

func TestPeopleAreToldWhatConcernsThemOnce(t *testing.T) {
	h := open(t)
	h.invited(t)
	check(t, h.runner.CatchUp(t.Context())) // begins at the head: nobody is told of what was
	if got := h.kinds(t, h.president); got != nil {
		t.Errorf("told of what was before: %v", got)
	}
	task := h.invited(t)
	_, err := h.Assign(t.Context(), engine.Request{By: h.president}, task.ID, h.president.ID)
	check(t, err)
	check(t, h.runner.CatchUp(t.Context()))
	if got := h.kinds(t, h.president); got != nil {
		t.Errorf("told of one's own: %v", got)
	}
	_, err = h.Substitute(t.Context(), engine.Request{By: h.official}, engine.NewSubstitution{Substitute: h.lawyer.ID, From: "2026-11-20", Until: "2026-11-21", Reason: "urlop"})
	check(t, err)
	second, err := h.AddPerson(t.Context(), engine.NewPerson{Name: "second", Roles: []workflow.Role{workflow.President}})
	check(t, err)
	_, err = h.Assign(t.Context(), engine.Request{By: workflow.Person{ID: second.ID, Roles: second.Roles}}, task.ID, second.ID)
	check(t, err)
	_, err = h.Assign(t.Context(), engine.Request{By: workflow.Person{ID: second.ID, Roles: second.Roles}}, task.ID, h.president.ID)
	check(t, err)
	h.now = h.now.Add(time.Second)
	_, err = h.Advance(t.Context(), engine.Request{By: h.president}, task.ProposalID, workflow.Command{
		Transition: "decline_invitation", Inputs: map[string]json.RawMessage{"reason": json.RawMessage(`"Brak środków"`)},
	})
	check(t, err)
	for range 2 {
		check(t, h.runner.CatchUp(t.Context()))
	}
	for name, test := range map[string]struct {
		of   workflow.Person
		want []string
	}{
		"the President of the task": {h.president, []string{store.NoticeAssigned}},
		"the official of the act":   {h.official, []string{store.NoticeTransition}},
		"and who stands in":         {h.lawyer, []string{store.NoticeTransition}},
	} {
		if got := h.kinds(t, test.of); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestAnotherProcessMakesTheNotices(t *testing.T) {
	h := open(t)
	check(t, h.runner.CatchUp(t.Context()))
	h.invited(t)
	other := *h.runner
	other.Holder = "other"
	before, err := h.store.NoticePosition(t.Context())
	check(t, err)
	check(t, other.CatchUp(t.Context()))
	if after, err := h.store.NoticePosition(t.Context()); err != nil || after != before {
		t.Errorf("two lead: %v, %d after %d", err, after, before)
	}
}

// told is a store that says when notices were put, and may refuse to.
type told struct {
	*sqlite.Store
	put chan int64
	err error
}

func (s told) PutNotices(ctx context.Context, from, to int64, notices []store.Notice) error {
	if s.err != nil {
		return s.err
	}
	err := s.Store.PutNotices(ctx, from, to, notices)
	s.put <- to
	return err
}

func TestTheRunnerIsWokenByCommits(t *testing.T) {
	h := open(t)
	kept := told{Store: h.store, put: make(chan int64, 8)}
	h.runner.Store = kept
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { h.runner.Run(ctx); close(ended) }()
	<-kept.put // begun
	h.invited(t)
	h.runner.News.Tell()
	head, err := h.store.Head(t.Context())
	check(t, err)
	if reached := <-kept.put; reached != head {
		t.Errorf("reached %d of %d", reached, head)
	}
	h.runner.News.Close()
	stop()
	<-ended
	if holder, err := h.store.Holder(t.Context(), "notices"); err != nil || holder != "" {
		t.Errorf("the lease is kept: %v, %q", err, holder)
	}
}

func TestWhatCannotBeKeptIsTriedAgain(t *testing.T) {
	h := open(t)
	check(t, h.runner.CatchUp(t.Context()))
	h.invited(t)
	broken := *h.runner
	broken.Store = told{Store: h.store, err: store.ErrFull}
	if err := broken.CatchUp(t.Context()); !errors.Is(err, store.ErrFull) {
		t.Errorf("%v", err)
	}
	broken.Store = told{Store: h.store, err: store.ErrStale} // another one was there first
	check(t, broken.CatchUp(t.Context()))
	check(t, h.runner.CatchUp(t.Context()))
	head, err := h.store.Head(t.Context())
	check(t, err)
	if pos, err := h.store.NoticePosition(t.Context()); err != nil || pos != head {
		t.Errorf("%v, %d of %d", err, pos, head)
	}
}
