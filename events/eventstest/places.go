package eventstest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

// places is how far the durables of these tests have read, by name.
var places = map[string]int{"far": 15, "near": 4}

// readers fills the stream and lets durables read a part of it.
func (b *bench) readers(t *testing.T) jetstream.JetStream {
	t.Helper()
	b.feed.Append(prefix, 20)
	if err := b.relay(t, "before").CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, js := b.connect(t)
	for name, place := range places {
		read(t, js, name, place)
	}
	return js
}

// goOn fails unless each durable goes on behind what it had read.
func goOn(t *testing.T, js jetstream.JetStream) {
	t.Helper()
	for name, place := range places {
		if got := read(t, js, name, 1)[0]; got != uint64(place+1) {
			t.Errorf("%s goes on with %d, not with %d", name, got, place+1)
		}
	}
}

// begun makes the stream and its durables as a leader elsewhere does, which
// knows nothing of their places.
func begun(t *testing.T, js jetstream.JetStream) {
	t.Helper()
	waitFor(t, "the stream's return", func() bool { return events.EnsureStreams(t.Context(), js, subjects, 1) == nil })
	for name := range places {
		read(t, js, name, 0)
	}
}

// repairInterrupted ends a repair's context when it is about to delete the
// stream.
func repairInterrupted(t *testing.T, b *bench) {
	t.Helper()
	js := b.readers(t)
	deletion := newTap("$JS.API.STREAM.DELETE.")
	hand := b.relay(t, "hand", nats.SetCustomDialer(deletion))
	ctx, interrupt := context.WithCancel(t.Context())
	if err := deletion.during(func() error { return hand.Repair(ctx) }, interrupt); !errors.Is(err, context.Canceled) {
		t.Errorf("the repair ends with %v", err)
	}
	after := b.relay(t, "after")
	waitFor(t, "the rest of the events", func() bool { return after.CatchUp(t.Context()) == nil })
	goOn(t, js)
	b.same(t, 1)
}

// repairOvertaken lets a leader elsewhere make the stream after it was deleted,
// with the durables. One of them has read on when the repair comes to it.
func repairOvertaken(t *testing.T, b *bench) {
	t.Helper()
	js := b.readers(t)
	read(t, js, "swift", 3)
	creation := newTap("$JS.API.STREAM.CREATE.")
	hand, leader := b.relay(t, "hand", nats.SetCustomDialer(creation)), b.relay(t, "leader")
	err := creation.during(func() error { return hand.Repair(t.Context()) }, func() {
		begun(t, js)
		if err := leader.CatchUp(t.Context()); err != nil {
			t.Error(err)
		}
		read(t, js, "swift", 20)
	})
	if err != nil {
		t.Fatal(err)
	}
	goOn(t, js)
	b.feed.Append(prefix, 1)
	if err := leader.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := read(t, js, "swift", 1)[0]; got != 21 {
		t.Errorf("the one that had read on goes on with %d", got)
	}
}

// replayedAgain replays a second time after a leader elsewhere made the stream
// first, with another beginning. The server leaves the files of the leader's
// consumers where they are, as it does when it is still busy with those of the
// stream that was deleted before.
func replayedAgain(t *testing.T, b *bench) {
	t.Helper()
	js := b.readers(t)
	creation := newTap("$JS.API.STREAM.CREATE.")
	hand := b.relay(t, "hand", nats.SetCustomDialer(creation))
	replay := func() error { return hand.Replay(t.Context(), 3) }
	if err := creation.during(replay, func() { begun(t, js) }); err == nil {
		t.Error("it does not tell of the other beginning")
	}
	obstruct(t, b.server.Dir())
	if err := replay(); err != nil {
		t.Fatal(err)
	}
	goOn(t, js)
	b.same(t, 3)
}

// repairedByHalves repairs a second time after there was room for one of the
// durables alone.
func repairedByHalves(t *testing.T, b *bench) {
	t.Helper()
	js := b.readers(t)
	creation := newTap("$JS.API.CONSUMER.CREATE.")
	hand := b.relay(t, "hand", nats.SetCustomDialer(creation))
	repair := func() error { return hand.Repair(t.Context()) }
	if err := creation.during(repair, func() { takeConsumers(t, js, 1) }); err == nil {
		t.Error("it does not tell of a durable for which there is no room")
	}
	takeConsumers(t, js, events.MaxConsumers)
	if err := repair(); err != nil {
		t.Fatal(err)
	}
	goOn(t, js)
	b.same(t, 1)
}

// takeConsumers sets how many consumers the stream takes.
func takeConsumers(t *testing.T, js jetstream.JetStream, count int) {
	t.Helper()
	found, err := js.Stream(t.Context(), stream().Name)
	if err != nil {
		t.Fatal(err)
	}
	config := found.CachedInfo().Config
	config.MaxConsumers = count
	if _, err := js.UpdateStream(t.Context(), config); err != nil {
		t.Fatal(err)
	}
}

// obstruct stands in the way of a server that moves the files of a deleted stream
// aside.
func obstruct(t *testing.T, dir string) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "jetstream", "*", "streams"))
	if err != nil || len(found) != 1 {
		t.Fatalf("the files of streams are at %v, %v", found, err)
	}
	aside := filepath.Join(found[0], "."+stream().Name)
	waitFor(t, "the end of the files before", func() bool {
		_, err := os.Stat(aside)
		return errors.Is(err, fs.ErrNotExist)
	})
	if err := os.MkdirAll(filepath.Join(aside, "busy"), 0o700); err != nil {
		t.Fatal(err)
	}
}
