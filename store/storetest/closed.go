package storetest

import (
	"errors"
	"testing"
	"time"

	"hejnal/store"
)

// closed calls a store after Close.
func closed(t *testing.T, database Database) {
	s := database.Open(t)
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	ctx := t.Context()
	for what, call := range map[string]func() error{
		"Commit":            func() error { _, err := s.Commit(ctx, store.Change{At: noon}); return err },
		"Answered":          func() error { _, err := s.Answered(ctx, "u", "m", "p", "k"); return err },
		"NextSerial":        func() error { _, err := s.NextSerial(ctx, "s"); return err },
		"Health":            func() error { return s.Health(ctx) },
		"Sweep":             func() error { return s.Sweep(ctx, noon) },
		"Case":              func() error { _, err := s.Case(ctx, "c"); return err },
		"ListCases":         func() error { _, err := s.ListCases(ctx, store.CaseFilter{}); return err },
		"Scopes":            func() error { _, err := s.Scopes(ctx, []string{"s"}); return err },
		"History":           func() error { _, err := s.History(ctx, "c", 0, 1); return err },
		"ListComments":      func() error { _, err := s.ListComments(ctx, store.CommentFilter{ProposalID: "c"}); return err },
		"Head":              func() error { _, err := s.Head(ctx); return err },
		"After":             func() error { _, err := s.After(ctx, 0, 1); return err },
		"PublicHead":        func() error { _, err := s.PublicHead(ctx); return err },
		"PublicAfter":       func() error { _, err := s.PublicAfter(ctx, 0, 1); return err },
		"Entry":             func() error { _, err := s.Entry(ctx, "e"); return err },
		"Task":              func() error { _, err := s.Task(ctx, "t"); return err },
		"ListTasks":         func() error { _, err := s.ListTasks(ctx, store.TaskFilter{}); return err },
		"Due":               func() error { _, err := s.Due(ctx, "2026-01-01", 1); return err },
		"Partner":           func() error { _, err := s.Partner(ctx, "p"); return err },
		"ListPartners":      func() error { _, err := s.ListPartners(ctx, store.PartnerFilter{}); return err },
		"Person":            func() error { _, err := s.Person(ctx, "p"); return err },
		"ListPeople":        func() error { _, err := s.ListPeople(ctx, "", store.PageRequest{}); return err },
		"PutSession":        func() error { return s.PutSession(ctx, store.Session{Hash: "h"}) },
		"EndSession":        func() error { return s.EndSession(ctx, "h") },
		"PutDraft":          func() error { return s.PutDraft(ctx, store.Draft{ID: "d"}) },
		"Draft":             func() error { _, err := s.Draft(ctx, "d", "p"); return err },
		"ListDrafts":        func() error { _, err := s.ListDrafts(ctx, "p"); return err },
		"DropDraft":         func() error { return s.DropDraft(ctx, "d", "p") },
		"PutLook":           func() error { return s.PutLook(ctx, store.Look{ProposalID: "c"}) },
		"Looks":             func() error { _, err := s.Looks(ctx, []string{"c"}, noon); return err },
		"EndSessions":       func() error { return s.EndSessions(ctx, "p", "") },
		"Substitution":      func() error { _, err := s.Substitution(ctx, "s"); return err },
		"StandsIn":          func() error { _, err := s.StandsIn(ctx, "p", "2026-01-01"); return err },
		"SubstitutionsOf":   func() error { _, err := s.SubstitutionsOf(ctx, "p", "2026-01-01"); return err },
		"ListSubstitutions": func() error { _, err := s.ListSubstitutions(ctx, store.SubstitutionFilter{}); return err },
		"NoticePosition":    func() error { _, err := s.NoticePosition(ctx); return err },
		"PutNotices":        func() error { return s.PutNotices(ctx, 0, 1, nil) },
		"ListNotices":       func() error { _, err := s.ListNotices(ctx, "p", store.PageRequest{}); return err },
		"CountUnread":       func() error { _, err := s.CountUnread(ctx, "p", 1); return err },
		"MarkRead":          func() error { return s.MarkRead(ctx, "p", 1) },
		"ListSubscribers":   func() error { _, err := s.ListSubscribers(ctx); return err },
		"PutDefinition":     func() error { return s.PutDefinition(ctx, "f", 1, "d", nil) },
		"Definition":        func() error { _, err := s.Definition(ctx, "d"); return err },
		"Acquire":           func() error { _, err := s.Acquire(ctx, "l", "h", time.Second); return err },
		"Release":           func() error { return s.Release(ctx, "l", "h") },
		"Holder":            func() error { _, err := s.Holder(ctx, "l"); return err },
	} {
		if err := call(); !errors.Is(err, store.ErrClosed) {
			t.Errorf("%s: got %v, want ErrClosed", what, err)
		}
	}
}

// closing closes a store under writers: what was acknowledged is there, the rest was refused as closed.
func closing(t *testing.T, database Database) {
	s := database.Open(t)
	commit(t, s, store.Change{Entries: []store.Entry{admin(0)}})
	acts := []func() error{s.Close}
	for i := range 64 {
		acts = append(acts, func() error {
			_, err := s.Commit(t.Context(), store.Change{At: noon, Entries: []store.Entry{admin(i)}})
			return err
		})
	}
	acknowledged := 1
	for i, err := range together(acts...) {
		switch {
		case err == nil && i > 0:
			acknowledged++
		case err != nil && !errors.Is(err, store.ErrClosed):
			t.Errorf("got %v, want ErrClosed", err)
		}
	}
	same(t, "head", acknowledged, must[int64](t)(database.Open(t).Head(t.Context())))
}
