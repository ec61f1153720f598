package main_test

import (
	"errors"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/store/postgres"
)

func TestACommitThatWaitsForTheStandbyIsNotSeenBeforeItIsThere(t *testing.T) {
	long(t)
	c := newCluster(t)
	kept, err := postgres.Open(t.Context(), c.url, postgres.Options{Longest: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := kept.Close(); err != nil {
			t.Error(err)
		}
	})
	c.ask(t, "ALTER SYSTEM SET synchronous_standby_names = '*'") // there is none
	c.control(t, "reload")
	for synchronous := ""; synchronous != "*"; {
		synchronous = c.ask(t, "SHOW synchronous_standby_names")
	}
	entry := store.Entry{ID: "e", Kind: "admin", Subject: "s", Text: []byte("{}")}
	if _, err := kept.Commit(t.Context(), store.Change{At: time.UnixMicro(1).UTC(), Entries: []store.Entry{entry}}); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("a commit that cannot reach the standby is answered with %v", err)
	}
	for range 20 { // what the client had cancelled would be seen within a moment
		if head, err := kept.Head(t.Context()); head != 0 || err != nil {
			t.Fatalf("a commit that the standby does not have is seen: %d, %v", head, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	c.ask(t, "ALTER SYSTEM SET synchronous_standby_names = ''")
	c.control(t, "reload")
	for late := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		head, err := kept.Head(t.Context())
		if head == 1 && err == nil {
			return
		}
		if time.Now().After(late) {
			t.Fatalf("the commit that waited is not there: %d, %v", head, err)
		}
	}
}
