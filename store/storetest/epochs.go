package storetest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hejnal/store"
)

// epochs begins and ends epochs of two streams.
func epochs(t *testing.T, database Database) {
	s, other := database.Open(t), database.Open(t)
	ctx := t.Context()
	if _, err := s.LastEpoch(ctx, "A"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a stream in its first epoch answers %v", err)
	}
	if err := s.EndEpoch(ctx, "A", 2); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an epoch that was not begun ends with %v", err)
	}
	second := store.Epoch{
		Stream: "A", Number: 2, Common: 40, Last: 57, Kept: "A-1.jsonl", EventID: "e9", Readers: []byte(`[{"durable":"council"}]`),
		BeganAt: time.Date(2026, 11, 22, 8, 30, 0, 123456000, time.UTC),
	}
	third := store.Epoch{Stream: "A", Number: 3, EventID: "e10", Readers: []byte(`[]`), BeganAt: second.BeganAt.Add(time.Hour)}
	for _, epoch := range []store.Epoch{second, third} {
		if err := s.BeginEpoch(ctx, epoch); err != nil {
			t.Fatal(err)
		}
		got := must[store.Epoch](t)(other.LastEpoch(ctx, "A"))
		if diff := cmp.Diff(epoch, got); diff != "" {
			t.Errorf("epoch (-want +got):\n%s", diff)
		}
		if err := other.EndEpoch(ctx, "A", epoch.Number); err != nil {
			t.Fatal(err)
		}
		if got := must[store.Epoch](t)(s.LastEpoch(ctx, "A")); !got.Ended || got.Number != epoch.Number {
			t.Errorf("an epoch that ended is read as %+v", got)
		}
	}
	if err := s.BeginEpoch(ctx, second); err == nil {
		t.Error("an epoch began twice")
	}
	if _, err := s.LastEpoch(ctx, "B"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the other stream answers %v", err)
	}
	now := must[time.Time](t)(s.Clock(ctx))
	if away := time.Since(now).Abs(); away > time.Minute {
		t.Errorf("the store's clock is away by %s, on the same machine", away)
	}
}

// newerSchema opens a store whose schema asks for a program of the future, and one that merely has more in it.
func newerSchema(t *testing.T, database Database) {
	ctx := t.Context()
	s := database.Open(t)
	commit(t, s, opening(proposal("c1")))
	if err := database.Exec(ctx, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, '1')"); err != nil {
		t.Fatal(err)
	}
	same(t, "position in a newer schema that fits", 2, commit(t, database.Open(t), opening(proposal("c2"))).FirstPos)
	if err := database.Exec(ctx, "UPDATE schema_needs SET version = 999, release = '9.1.0'"); err != nil {
		t.Fatal(err)
	}
	_, err := database.TryOpen(t)
	var tooOld *store.SchemaError
	if !errors.As(err, &tooOld) || tooOld.Needs != 999 || tooOld.Knows >= 999 || !strings.Contains(err.Error(), "9.1.0") {
		t.Errorf("a schema that needs a newer program is answered with %v", err)
	}
	same(t, "last position", 2, must[int64](t)(s.Head(ctx)))
}
