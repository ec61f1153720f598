package eventstest

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

const prefix = "test.cooperation"

func sequenceIsPosition(t *testing.T, b *bench) {
	t.Helper()
	relay, stop := b.run(t, "one")
	for _, n := range []int{1, 1, 19, 20, 21, 3, 700, 2} {
		settle(t, relay, b.feed.Append(prefix, n))
	}
	b.same(t, 1)
	if s := become(t, relay, events.StateHealthy); s.Lag != 0 || s.Last != 767 || !s.Leader {
		t.Errorf("status %+v", s)
	}
	stop()
	counts := relay.Status().Counts
	if counts.Batches < 1 || counts.Batches > 700 {
		t.Errorf("%d batches", counts.Batches)
	}
	counts.Batches = 0
	if want := (events.Counts{Published: 767, Remakes: 1}); counts != want {
		t.Errorf("it counted %+v, want %+v", counts, want)
	}
	for i, pos := range b.told.positions {
		if pos != int64(i+1) {
			t.Fatalf("position %d is told of in place %d", pos, i+1)
		}
	}
	if len(b.told.positions) != 767 {
		t.Errorf("%d messages are told of", len(b.told.positions))
	}
}

func lateStart(t *testing.T, b *bench) {
	t.Helper()
	head := b.feed.Append(prefix, 1500)
	relay, _ := b.run(t, "one")
	settle(t, relay, head)
	b.same(t, 1)
}

func twoRelays(t *testing.T, b *bench) {
	t.Helper()
	first, stopFirst := b.run(t, "first")
	second, _ := b.run(t, "second")
	for range 50 {
		b.feed.Append(prefix, 3)
		first.Wake()
		second.Wake()
	}
	head := b.feed.Append(prefix, 1)
	settle(t, first, head)
	settle(t, second, head)
	if first.Status().Leader == second.Status().Leader {
		t.Errorf("one leads: first %+v, second %+v", first.Status(), second.Status())
	}
	stopFirst()
	settle(t, second, b.feed.Append(prefix, 30))
	b.same(t, 1)
}

// everyone is a lease that does not keep anybody out.
type everyone struct{}

func (everyone) Acquire(context.Context, string, string, time.Duration) (bool, error) {
	return true, nil
}
func (everyone) Release(context.Context, string, string) error { return nil }

func fenced(t *testing.T, b *bench) {
	t.Helper()
	b.lease = everyone{}
	first, _ := b.run(t, "first")
	second, _ := b.run(t, "second")
	for i := range 60 {
		b.feed.Append(prefix, 1+i%25)
		first.Wake()
		second.Wake()
	}
	head := b.feed.Append(prefix, 1)
	settle(t, first, head)
	settle(t, second, head)
	b.same(t, 1)
}

func givesWay(t *testing.T, b *bench) {
	t.Helper()
	conn, _ := b.connect(t)
	first := b.relayOver(t, conn, "first")
	b.start(t, first)
	settle(t, first, b.feed.Append(prefix, 3))
	second, _ := b.run(t, "second")
	conn.Close()
	b.feed.Append(prefix, 3)
	settle(t, second, 6)
	if first.Status().Leader {
		t.Errorf("the first still leads: %+v", first.Status())
	}
	b.same(t, 1)
}

func ahead(t *testing.T, b *bench) {
	t.Helper()
	relay, stop := b.run(t, "one")
	settle(t, relay, b.feed.Append(prefix, 5))
	stop()
	b.feed.Truncate(3)
	relay, _ = b.run(t, "two")
	status := become(t, relay, events.StateAhead)
	if status.Head != 3 || status.Last != 5 || !strings.Contains(status.LastError, "repair") {
		t.Errorf("status %+v", status)
	}
	m := Message(prefix, 4)
	m.ID = "another fourth"
	b.feed.Add(m)
	become(t, relay, events.StateAhead)
	if err := relay.Repair(t.Context()); err != nil {
		t.Fatal(err)
	}
	become(t, relay, events.StateHealthy)
	b.same(t, 1)
}

func oversize(t *testing.T, b *bench) {
	t.Helper()
	relay, _ := b.run(t, "one")
	settle(t, relay, b.feed.Append(prefix, 2))
	m := Message(prefix, 3)
	m.Text = []byte(`{"data":"` + strings.Repeat("x", 2<<20) + `"}`)
	b.feed.Add(m)
	b.feed.Append(prefix, 1)
	status := become(t, relay, events.StateOversize)
	if status.Last != 2 || status.Lag != 2 || !strings.Contains(status.LastError, "event 3") {
		t.Errorf("status %+v", status)
	}
}

func unfit(t *testing.T, b *bench) {
	t.Helper()
	_, js := b.connect(t)
	_, err := js.CreateStream(t.Context(), jetstream.StreamConfig{
		Name: events.StreamInternal, Subjects: []string{"test.cooperation.transition.>"}, DenyDelete: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	err = events.EnsureStreams(t.Context(), js, subjects, 1)
	for _, want := range []string{"COOPERATION", "test.cooperation.transition.>", "purged", "batches"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not tell of %q", err, want)
		}
	}
	relay, _ := b.run(t, "one")
	b.feed.Append(prefix, 1)
	become(t, relay, events.StateUnfit)
	if last := state(t, js).LastSeq; last != 0 {
		t.Errorf("%d messages were published", last)
	}
	if err := relay.Repair(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.same(t, 1)
}

func keptOut(t *testing.T, b *bench) {
	t.Helper()
	_, js := b.connect(t)
	relay, _ := b.run(t, "one")
	settle(t, relay, b.feed.Append(prefix, 2))
	own, err := js.Stream(t.Context(), events.StreamInternal)
	if err != nil {
		t.Fatal(err)
	}
	for name, limit := range map[string]func(*jetstream.StreamConfig){
		"max_msg_size is 100 and event": func(c *jetstream.StreamConfig) { c.MaxMsgSize = 100 },
		"max_msgs is 2, discard is new": func(c *jetstream.StreamConfig) { c.MaxMsgs, c.Discard = 2, jetstream.DiscardNew },
		"max_bytes is 10, discard is new": func(c *jetstream.StreamConfig) {
			c.MaxBytes, c.Discard = 10, jetstream.DiscardNew
		},
		"discard_new_per_subject is set": func(c *jetstream.StreamConfig) {
			c.MaxMsgsPerSubject, c.DiscardNewPerSubject, c.Discard = 1, true, jetstream.DiscardNew
		},
	} {
		config := own.CachedInfo().Config
		limit(&config)
		set(t, js, config)
		waits := b.feed.Append(prefix, 1)
		if status := become(t, relay, events.StateUnfit); !strings.Contains(status.LastError, name) {
			t.Errorf("%s: the status says %q", name, status.LastError)
		}
		set(t, js, own.CachedInfo().Config)
		settle(t, relay, waits)
		become(t, relay, events.StateHealthy)
	}
}

func set(t *testing.T, js jetstream.JetStream, config jetstream.StreamConfig) {
	t.Helper()
	if _, err := js.UpdateStream(t.Context(), config); err != nil {
		t.Fatal(err)
	}
}
