package storetest

import (
	"errors"
	"testing"

	"hejnal/store"
)

func keyed(name, body string) store.Change {
	change := opening(proposal(name))
	change.Key = &store.Key{User: "u", Method: "POST", Path: "/p", Key: name, BodyHash: body, Answer: store.Answer{Status: 201, Body: []byte(body)}}
	return change
}

// keyOnce repeats a change under its key.
func keyOnce(t *testing.T, database Database) {
	s := database.Open(t)
	commit(t, s, keyed("other", "h"))
	commit(t, s, keyed("k", "first"))
	for _, body := range []string{"first", "second"} {
		if _, err := s.Commit(t.Context(), keyed("k", body)); !errors.Is(err, store.ErrKeyUsed) {
			t.Errorf("got %v, want ErrKeyUsed", err)
		}
	}
	want := store.Answered{BodyHash: "first", Answer: store.Answer{Status: 201, Body: []byte("first")}, FirstPos: 2, At: noon}
	same(t, "answer", want, must[store.Answered](t)(s.Answered(t.Context(), "u", "POST", "/p", "k")))
	same(t, "head", 2, must[int64](t)(s.Head(t.Context())))
	for _, elsewhere := range []store.Key{
		{User: "v", Method: "POST", Path: "/p", Key: "k"}, {User: "u", Method: "PATCH", Path: "/p", Key: "k"}, {User: "u", Method: "POST", Path: "/q", Key: "k"},
	} {
		if _, err := s.Answered(t.Context(), elsewhere.User, elsewhere.Method, elsewhere.Path, elsewhere.Key); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%v: got %v, want ErrNotFound", elsewhere, err)
		}
		change := opening(proposal("elsewhere"))
		change.Key = &elsewhere
		commit(t, s, change)
	}
}

// keyTwice sends a key that another process has used: nothing gets in the way that would pass, so that nothing is tried again.
func keyTwice(t *testing.T, database Database) {
	commit(t, database.Open(t), keyed("k", "h"))
	retried := make(chan struct{}, 100)
	s := database.Observed(t, store.Observer{Retried: func() { retried <- struct{}{} }})
	if _, err := s.Commit(t.Context(), keyed("k", "h")); !errors.Is(err, store.ErrKeyUsed) {
		t.Errorf("got %v, want ErrKeyUsed", err)
	}
	if times := len(retried); times > 0 {
		t.Errorf("it was tried again %d times", times)
	}
}

// keyOfRefused uses a key again whose change was refused.
func keyOfRefused(t *testing.T, database Database) {
	s := database.Open(t)
	refused := keyed("k", "h")
	refused.Scopes = []store.ScopeRead{{Scope: "country:JP", Version: 3}}
	if _, err := s.Commit(t.Context(), refused); !errors.Is(err, store.ErrStale) {
		t.Fatalf("got %v, want ErrStale", err)
	}
	if _, err := s.Answered(t.Context(), "u", "POST", "/p", "k"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
	commit(t, s, keyed("k", "h"))
}

// keyAtOnce sends one key many times at once, by two processes.
func keyAtOnce(t *testing.T, database Database) {
	stores := []store.Store{database.Open(t), database.Open(t)}
	var acts []func() error
	for i := range 32 {
		acts = append(acts, func() error {
			_, err := stores[i%2].Commit(t.Context(), keyed("k", "h"))
			return err
		})
	}
	winners := 0
	for _, err := range together(acts...) {
		if err == nil {
			winners++
		} else if !errors.Is(err, store.ErrKeyUsed) {
			t.Errorf("got %v, want ErrKeyUsed", err)
		}
	}
	if head := must[int64](t)(stores[0].Head(t.Context())); winners != 1 || head != 1 {
		t.Errorf("%d commits and %d entries, want one", winners, head)
	}
}
