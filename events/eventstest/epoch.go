package eventstest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

// replaced puts other events behind position pos of the feed, as a store does
// that was put back to an older moment and is written to again.
func (b *bench) replaced(pos int64, count int) {
	b.feed.Truncate(pos)
	for range count {
		pos++
		m := Message(prefix, pos)
		m.ID = "new " + m.ID
		m.Text = []byte(strings.Replace(string(m.Text), `"pos"`, `"new"`, 1))
		b.feed.Add(m)
	}
}

// forked takes a store back and writes on, less and more than the stream has.
func forked(t *testing.T, b *bench) {
	t.Helper()
	for _, more := range []int{2, 5, 30} {
		b.feed.Truncate(0)
		relay, stop := b.run(t, "one")
		_, js := b.connect(t)
		settle(t, relay, b.feed.Append(prefix, 8))
		stop()
		b.replaced(3, more)
		relay, stop = b.run(t, "two")
		status := become(t, relay, events.StateAhead)
		if !strings.Contains(status.LastError, "--new-epoch") || status.Last != 8 {
			t.Errorf("with %d other events the status is %+v", more, status)
		}
		fork, err := events.FindFork(t.Context(), js, stream().Name, b.feed)
		if err != nil || fork.Common != 3 || fork.Last != 8 || !fork.Forked() {
			t.Errorf("with %d other events the fork is %+v, %v", more, fork, err)
		}
		b.feed.Append(prefix, 1) // which the stream must not take
		become(t, relay, events.StateAhead)
		if last := lastSequence(t, js); last != 8 {
			t.Errorf("after the fork was seen the stream went on to %d", last)
		}
		stop()
		if err := js.DeleteStream(t.Context(), stream().Name); err != nil {
			t.Fatal(err)
		}
	}
}

func lastSequence(t *testing.T, js jetstream.JetStream) uint64 {
	t.Helper()
	found, err := js.Stream(t.Context(), stream().Name)
	if err != nil {
		t.Fatal(err)
	}
	return found.CachedInfo().State.LastSeq
}

// newEpoch begins an epoch beside a running leader, with durables before and
// behind the common events.
func newEpoch(t *testing.T, b *bench) {
	t.Helper()
	relay, stop := b.run(t, "one")
	settle(t, relay, b.feed.Append(prefix, 40))
	_, js := b.connect(t)
	for name, acknowledged := range map[string]int{"far": 40, "near": 10, "none": 0} {
		read(t, js, name, acknowledged)
	}
	stop()
	b.replaced(25, 5)
	leader, stop := b.run(t, "two")
	defer stop()
	become(t, leader, events.StateAhead)
	hand := b.relay(t, "hand")
	var lines bytes.Buffer
	plan, err := hand.PlanEpoch(t.Context(), 1)
	if err != nil || plan.Number != 2 || plan.Common != 25 || plan.Last != 40 || plan.First != 1 {
		t.Fatalf("plan %+v, %v", plan, err)
	}
	if kept, err := events.Keep(t.Context(), js, stream().Name, plan.Common, &lines); err != nil || kept != 15 {
		t.Errorf("%d events are kept, %v", kept, err)
	}
	checkKept(t, lines.String())
	for range 2 { // a second time as after an interruption
		if err := hand.BeginEpoch(t.Context(), plan); err != nil {
			t.Fatal(err)
		}
	}
	become(t, leader, events.StateHealthy)
	b.same(t, 1)
	found, err := js.Stream(t.Context(), stream().Name)
	if err != nil || events.EpochOf(found.CachedInfo()) != 2 {
		t.Errorf("the stream is in epoch %d, %v", events.EpochOf(found.CachedInfo()), err)
	}
	for name, want := range map[string]uint64{"far": 26, "near": 11, "none": 1} {
		if got := read(t, js, name, 1)[0]; got != want {
			t.Errorf("%s goes on with %d, not with %d", name, got, want)
		}
	}
	if err := hand.Repair(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found, err = js.Stream(t.Context(), stream().Name); err != nil || events.EpochOf(found.CachedInfo()) != 2 {
		t.Errorf("after a repair the stream is in epoch %d, %v", events.EpochOf(found.CachedInfo()), err)
	}
}

// read takes and acknowledges the next messages of a durable, which it makes
// when it is missing, and answers their sequences.
func read(t *testing.T, js jetstream.JetStream, name string, count int) []uint64 {
	t.Helper()
	consumer, err := js.Consumer(t.Context(), stream().Name, name)
	if err != nil {
		consumer, err = js.CreateConsumer(t.Context(), stream().Name, jetstream.ConsumerConfig{Durable: name, AckPolicy: jetstream.AckExplicitPolicy})
	}
	if err != nil {
		t.Fatal(err)
	}
	var sequences []uint64
	for len(sequences) < count {
		message, err := consumer.Next(jetstream.FetchMaxWait(patience))
		if err != nil {
			t.Fatal(err)
		}
		meta, err := message.Metadata()
		if err == nil {
			err = message.DoubleAck(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		sequences = append(sequences, meta.Sequence.Stream)
	}
	return sequences
}

// checkKept holds the lines against the events 26 to 40 as they were published.
func checkKept(t *testing.T, text string) {
	t.Helper()
	lines := slices.Collect(strings.Lines(text))
	for i, line := range lines {
		var kept struct {
			Sequence int64
			Subject  string
			Header   map[string][]string
			Event    json.RawMessage
		}
		want := Message(prefix, int64(26+i))
		if err := json.Unmarshal([]byte(line), &kept); err != nil {
			t.Fatal(err)
		}
		if kept.Sequence != want.Pos || kept.Subject != want.Subject || !bytes.Equal(kept.Event, events.Published(want.Text, want.Pos)) ||
			fmt.Sprint(kept.Header[jetstream.MsgIDHeader]) != "["+want.ID+"]" {
			t.Errorf("event %d is kept as %s", want.Pos, line)
		}
	}
	if len(lines) != 15 {
		t.Errorf("%d lines are kept", len(lines))
	}
}

// lostWithItsEpoch loses a stream: the one made again has the store's epoch, and
// what the operator chose stays through a repair.
func lostWithItsEpoch(t *testing.T, b *bench) {
	t.Helper()
	b.epoch = 7
	relay, stop := b.run(t, "one")
	defer stop()
	settle(t, relay, b.feed.Append(prefix, 3))
	_, js := b.connect(t)
	found, err := js.Stream(t.Context(), stream().Name)
	if err != nil || events.EpochOf(found.CachedInfo()) != 7 || relay.Status().Epoch != 7 {
		t.Errorf("the stream is in epoch %d, the relay in %d: %v", events.EpochOf(found.CachedInfo()), relay.Status().Epoch, err)
	}
	config := found.CachedInfo().Config
	config.Description, config.MaxMsgs = "of the city", 1000
	if _, err := js.UpdateStream(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	if err := relay.Repair(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found, err = js.Stream(t.Context(), stream().Name); err != nil {
		t.Fatal(err)
	}
	if got := found.CachedInfo(); got.Config.MaxMsgs != 1000 || got.Config.Description != "of the city" || events.EpochOf(got) != 7 {
		t.Errorf("after a repair the stream is %+v", got.Config)
	}
}
