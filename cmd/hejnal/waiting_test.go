package main_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/store/postgres"
)

// impatient opens a store whose writes are given up after a second.
func (c *cluster) impatient(t *testing.T) *postgres.Store {
	t.Helper()
	kept, err := postgres.Open(t.Context(), c.url, postgres.Options{Longest: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := kept.Close(); err != nil {
			t.Error(err)
		}
	})
	return kept
}

// waitFor makes commits wait for any of these standbys.
func (c *cluster) waitFor(t *testing.T, standbys string) {
	t.Helper()
	c.ask(t, "ALTER SYSTEM SET synchronous_standby_names = '"+standbys+"'")
	c.control(t, "reload")
	for c.ask(t, "SHOW synchronous_standby_names") != standbys {
		time.Sleep(10 * time.Millisecond)
	}
}

const nobody = "*" // that is there

func TestACommitThatWaitsForTheStandbyIsNotSeenBeforeItIsThere(t *testing.T) {
	long(t)
	c := newCluster(t)
	kept := c.impatient(t)
	c.waitFor(t, nobody)
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
	c.waitFor(t, "")
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

func TestEveryWriteThatWaitsForTheStandbyIsGivenUpInTime(t *testing.T) {
	long(t)
	c := newCluster(t)
	kept := c.impatient(t)
	if drawn, err := kept.NextSerial(t.Context(), "case/2026"); drawn != 1 || err != nil {
		t.Fatalf("the first serial is %d, %v", drawn, err)
	}
	c.waitFor(t, nobody)
	at := time.UnixMicro(1).UTC()
	for name, write := range map[string]func(context.Context) error{
		"serial": func(ctx context.Context) error { _, err := kept.NextSerial(ctx, "case/2026"); return err },
		"session": func(ctx context.Context) error {
			return kept.PutSession(ctx, store.Session{Hash: "h", PersonID: "p", ExpiresAt: at})
		},
		"look": func(ctx context.Context) error {
			return kept.PutLook(ctx, store.Look{ProposalID: "c", PersonID: "p", At: at})
		},
		"notices":    func(ctx context.Context) error { return kept.PutNotices(ctx, store.NoNotices, 1, nil) },
		"read up to": func(ctx context.Context) error { return kept.MarkRead(ctx, "p", 1) },
		"epoch": func(ctx context.Context) error {
			return kept.BeginEpoch(ctx, store.Epoch{Stream: "s", Number: 2, BeganAt: at})
		},
		"definition": func(ctx context.Context) error { return kept.PutDefinition(ctx, "f", 1, "d", []byte("{}")) },
		"lease":      func(ctx context.Context) error { _, err := kept.Acquire(ctx, "l", "h", time.Minute); return err },
		"health":     kept.Health,
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			if err := write(ctx); !errors.Is(err, store.ErrUnavailable) || ctx.Err() != nil {
				t.Errorf("it is answered with %v", err)
			}
		})
	}
	c.waitFor(t, "")
	if drawn, err := kept.NextSerial(t.Context(), "case/2026"); drawn < 2 || err != nil {
		t.Errorf("the next serial is %d, %v", drawn, err)
	}
}
