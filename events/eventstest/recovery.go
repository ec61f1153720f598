package eventstest

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

func lostTail(t *testing.T, b *bench) {
	t.Helper()
	relay, stop := b.run(t, "one")
	settle(t, relay, b.feed.Append(prefix, 30))
	stop()
	earlier := t.TempDir()
	b.server.Restart(t, func(dir string) { copyFiles(t, dir, earlier) })
	relay, stop = b.run(t, "two")
	settle(t, relay, b.feed.Append(prefix, 25))
	stop()
	b.server.Restart(t, func(dir string) {
		clearFiles(t, dir)
		copyFiles(t, earlier, dir)
	})
	_, js := b.connect(t)
	if last := state(t, js).LastSeq; last != 30 {
		t.Fatalf("the stream ends with %d before the relay runs, want 30", last)
	}
	relay, _ = b.run(t, "three")
	settle(t, relay, 55)
	b.same(t, 1)
}

func lostStream(t *testing.T, b *bench) {
	t.Helper()
	relay, _ := b.run(t, "one")
	settle(t, relay, b.feed.Append(prefix, 40))
	_, js := b.connect(t)
	for _, more := range []int{0, 1, 60} {
		if err := js.DeleteStream(t.Context(), events.StreamInternal); err != nil {
			t.Fatal(err)
		}
		head := b.feed.Append(prefix, more)
		relay.Wake()
		waitFor(t, "the stream's return", func() bool {
			s, err := js.Stream(t.Context(), events.StreamInternal)
			return err == nil && int64(s.CachedInfo().State.LastSeq) == head
		})
		b.same(t, 1)
	}
}

func lostFiles(t *testing.T, b *bench) {
	t.Helper()
	relay, _ := b.run(t, "one")
	settle(t, relay, b.feed.Append(prefix, 40))
	b.server.Restart(t, func(dir string) { clearFiles(t, dir) })
	b.feed.Append(prefix, 2)
	next, _ := b.run(t, "two")
	settle(t, next, 42)
	b.same(t, 1)
}

func restart(t *testing.T, b *bench) {
	t.Helper()
	relay, stop := b.run(t, "one")
	settle(t, relay, b.feed.Append(prefix, 40))
	stop()
	b.server.Restart(t, func(string) {})
	b.same(t, 1)
	next, _ := b.run(t, "two")
	settle(t, next, b.feed.Append(prefix, 3))
	b.same(t, 1)
}

func repair(t *testing.T, b *bench) {
	t.Helper()
	relay, _ := b.run(t, "one")
	settle(t, relay, b.feed.Append(prefix, 600))
	if err := relay.Repair(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.same(t, 1)
	beside := b.relay(t, "beside")
	if err := beside.Repair(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.same(t, 1)
	if err := relay.Replay(t.Context(), 602); err == nil {
		t.Error("a replay from beyond the head was accepted")
	}
	if err := relay.Replay(t.Context(), 590); err != nil {
		t.Fatal(err)
	}
	b.same(t, 590)
	settle(t, relay, b.feed.Append(prefix, 1))
	b.same(t, 590)
	if s := become(t, relay, events.StateHealthy); s.Gaps != 0 {
		t.Errorf("a replay from later on counts as %d gaps", s.Gaps)
	}
}

func hole(t *testing.T, b *bench) {
	t.Helper()
	_, js := b.connect(t)
	if err := events.EnsureStreams(t.Context(), js, subjects, 1); err != nil {
		t.Fatal(err)
	}
	s, err := js.Stream(t.Context(), events.StreamInternal)
	if err != nil {
		t.Fatal(err)
	}
	config := s.CachedInfo().Config
	open := config
	open.DenyDelete = false
	if err := js.DeleteStream(t.Context(), config.Name); err != nil {
		t.Fatal(err)
	}
	if s, err = js.CreateStream(t.Context(), open); err != nil {
		t.Fatal(err)
	}
	b.feed.Append(prefix, 6)
	b.send(t, js, 6)
	if err := s.DeleteMsg(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	if _, err := js.UpdateStream(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	relay, _ := b.run(t, "one")
	if status := become(t, relay, events.StateHoles); status.Gaps != 1 || status.Last != 6 {
		t.Errorf("status %+v", status)
	}
	settle(t, relay, b.feed.Append(prefix, 1)) // it publishes on
	if err := relay.Repair(t.Context()); err != nil {
		t.Fatal(err)
	}
	become(t, relay, events.StateHealthy)
	b.same(t, 1)
}

// lostAnswer cuts the connection right after events were sent, so that the
// server has them and the relay does not know.
func lostAnswer(t *testing.T, b *bench) {
	t.Helper()
	for _, n := range []int{1, 7, 40} {
		cut := &cutter{}
		relay := b.relay(t, "cut "+strconv.Itoa(n), nats.SetCustomDialer(cut), nats.MaxReconnects(-1), nats.ReconnectWait(1))
		stop := b.start(t, relay)
		settle(t, relay, b.feed.Append(prefix, 1))
		cut.armed.Store(true)
		settle(t, relay, b.feed.Append(prefix, n))
		if cut.armed.Load() {
			t.Error("the connection was not cut")
		}
		stop()
	}
	b.same(t, 1)
}

// send publishes the first n events by hand.
func (b *bench) send(t *testing.T, js jetstream.JetStream, n int) {
	t.Helper()
	messages, err := b.feed.After(t.Context(), 0, n)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range messages {
		msg := nats.NewMsg(m.Subject)
		msg.Data = events.Published(m.Text, m.Pos)
		msg.Header.Set("Content-Type", events.ContentType)
		if _, err := js.PublishMsg(t.Context(), msg, jetstream.WithMsgID(m.ID)); err != nil {
			t.Fatal(err)
		}
	}
}

func copyFiles(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

func clearFiles(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) == 0 {
		t.Fatal("there are no files to lose")
	}
	for _, entry := range entries {
		if err := os.RemoveAll(filepath.Join(dir, entry.Name())); err != nil {
			t.Fatal(err)
		}
	}
}
