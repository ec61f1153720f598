package storetest

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/store"
	"hejnal/workflow"
)

// readBack commits one change with something of everything and reads all of it.
func readBack(t *testing.T, database Database) {
	s := database.Open(t)
	p := proposal("Umowa z Kioto")
	open := task(p, workflow.Secretariat, "2026-03-20")
	kyoto := partner("Kyoto", "JP")
	anna := person("anna", workflow.Official, workflow.Lawyer)
	document := workflow.Document{ID: newID(), Kind: "letter", Title: "List", SHA256: "ab", Version: 1, Roles: []workflow.Role{workflow.Official}, AttachedAt: noon}
	comment := store.Comment{ID: newID(), ProposalID: p.ID, By: anna.ID, Text: "dobrze", At: noon}
	entry := transition(p)
	entry.Public = &store.PublicEntry{ID: newID(), Subject: "public.subject", Text: []byte(`{"public":true}`)}
	entry.Personal = []store.Personal{{Pointer: "/comment", Value: []byte(`"tajne"`), Salt: []byte{1, 0, 2}}, {Pointer: "/a", Value: []byte("1"), Salt: []byte{3}}}
	opening := store.Entry{ID: newID(), Kind: "task", ProposalID: p.ID, Cause: entry.ID, Subject: "task.opened", Text: []byte("{}")}
	change := store.Change{
		At:          noon,
		Key:         &store.Key{User: anna.ID, Method: "POST", Path: "/x", Key: "k", BodyHash: "h", Answer: store.Answer{Status: 201, Location: "/l", ETag: `"1"`, Body: []byte("{}")}},
		Cases:       []store.CaseWrite{{Proposal: p}},
		Scopes:      []store.ScopeRead{{Scope: "country:JP"}},
		Holds:       []store.HoldWrite{{Scope: "country:JP", Label: "open", ProposalID: p.ID}},
		Tasks:       []store.TaskWrite{{Do: store.Insert, Task: open}},
		Documents:   []store.DocumentWrite{{ProposalID: p.ID, Document: document}},
		Comments:    []store.Comment{comment},
		Partners:    []store.PartnerWrite{{Partner: kyoto}},
		People:      []store.PersonWrite{{Person: anna}},
		Tokens:      []store.Token{{ID: newID(), PersonID: anna.ID, Hash: "th", CreatedAt: noon}},
		Subscribers: []store.SubscriberWrite{{Subscriber: store.Subscriber{Name: "bus", PasswordHash: "x", Allow: []string{"a.>", "b"}, CreatedAt: noon}}},
		Entries:     []store.Entry{entry, opening},
	}
	if done := commit(t, s, change); done.FirstPos != 1 {
		t.Errorf("first position %d, want 1", done.FirstPos)
	}

	ctx := t.Context()
	p.Tasks = []workflow.Task{open}
	first := store.Record{Pos: 1, At: noon, PublicPos: 1, Entry: entry}
	first.Personal = []store.Personal{entry.Personal[1], entry.Personal[0]}
	bare := first
	bare.Personal = nil
	second := store.Record{Pos: 2, At: noon, Entry: opening}
	same(t, "case", p, must[workflow.Proposal](t)(s.Case(ctx, p.ID)))
	same(t, "cases", []workflow.Proposal{p}, must[store.Page[workflow.Proposal]](t)(s.ListCases(ctx, store.CaseFilter{})).Items)
	same(t, "history", []store.Record{first}, must[[]store.Record](t)(s.History(ctx, p.ID, 0, 10)))
	same(t, "journal", []store.Record{bare, second}, must[[]store.Record](t)(s.After(ctx, 0, 10)))
	same(t, "public journal", []store.Record{bare}, must[[]store.Record](t)(s.PublicAfter(ctx, 0, 10)))
	same(t, "entry", first, must[store.Record](t)(s.Entry(ctx, entry.ID)))
	same(t, "head", 2, must[int64](t)(s.Head(ctx)))
	same(t, "public head", 1, must[int64](t)(s.PublicHead(ctx)))
	same(t, "scopes", workflow.Facts{"country:JP": {Version: 1, Holders: []workflow.Holder{{Label: "open", ProposalID: p.ID}}}, "none": {}},
		must[workflow.Facts](t)(s.Scopes(ctx, []string{"country:JP", "none"})))
	same(t, "task", open, must[workflow.Task](t)(s.Task(ctx, open.ID)))
	same(t, "comments", []store.Comment{comment}, must[store.Page[store.Comment]](t)(s.ListComments(ctx, store.CommentFilter{ProposalID: p.ID})).Items)
	same(t, "partner", kyoto, must[store.Partner](t)(s.Partner(ctx, kyoto.ID)))
	same(t, "partner by name", kyoto, must[store.Partner](t)(s.PartnerByName(ctx, "kyoto", "JP", "city")))
	same(t, "person", anna, must[store.Person](t)(s.Person(ctx, anna.ID)))
	same(t, "person by name", anna, must[store.Person](t)(s.PersonByName(ctx, "anna")))
	same(t, "person by token", anna, must[store.Person](t)(s.PersonByToken(ctx, "th", noon)))
	same(t, "subscribers", []store.Subscriber{change.Subscribers[0].Subscriber}, must[[]store.Subscriber](t)(s.ListSubscribers(ctx)))
	same(t, "answer", store.Answered{BodyHash: "h", Answer: change.Key.Answer, FirstPos: 1, At: noon},
		must[store.Answered](t)(s.Answered(ctx, anna.ID, "POST", "/x", "k")))
	absent(t, s)
}

// absent reads what is not there.
func absent(t *testing.T, s store.Store) {
	t.Helper()
	ctx := t.Context()
	for what, read := range map[string]func() error{
		"case":       func() error { _, err := s.Case(ctx, "none"); return err },
		"entry":      func() error { _, err := s.Entry(ctx, "none"); return err },
		"task":       func() error { _, err := s.Task(ctx, "none"); return err },
		"partner":    func() error { _, err := s.Partner(ctx, "none"); return err },
		"name":       func() error { _, err := s.PartnerByName(ctx, "none", "JP", "city"); return err },
		"person":     func() error { _, err := s.Person(ctx, "none"); return err },
		"login":      func() error { _, err := s.PersonByName(ctx, "none"); return err },
		"token":      func() error { _, err := s.PersonByToken(ctx, "none", noon); return err },
		"session":    func() error { _, err := s.Session(ctx, "none", noon); return err },
		"subscriber": func() error { _, err := s.Subscriber(ctx, "none"); return err },
		"definition": func() error { _, err := s.Definition(ctx, "none"); return err },
		"answer":     func() error { _, err := s.Answered(ctx, "none", "POST", "/x", "k"); return err },
	} {
		if err := read(); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s that is not there: got %v, want ErrNotFound", what, err)
		}
	}
}

func same(t testing.TB, what string, want, got any) {
	t.Helper()
	if count, ok := want.(int); ok {
		want = int64(count)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// damaged reads a case whose row cannot be read, and others at the same time, which have nothing to do with it.
func damaged(t *testing.T, database Database) {
	s := database.Open(t)
	whole, broken := opened(t, s, "whole"), opened(t, s, "broken")
	if err := database.Exec(t.Context(), "UPDATE cases SET body = '{' WHERE id = '"+broken.ID+"'"); err != nil {
		t.Fatal(err)
	}
	other := database.Open(t) // which has decoded neither before
	var acts []func() error
	for i := range 64 {
		acts = append(acts, func() error {
			id := []string{whole.ID, broken.ID}[i%2]
			_, err := other.Case(t.Context(), id)
			if (err != nil) != (id == broken.ID) {
				return fmt.Errorf("case %s: %w", id, err)
			}
			return nil
		})
	}
	for _, err := range together(acts...) {
		if err != nil {
			t.Error(err)
		}
	}
}
