package eventstest

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

// Server is a NATS server under test. Every one that a factory makes is empty.
type Server interface {
	// Connect opens a connection over TCP with every right over streams. The
	// suite closes it.
	Connect(t *testing.T, options ...nats.Option) *nats.Conn
	// Restart stops the server, hands the directory of its files over, and
	// starts it again at the same address.
	Restart(t *testing.T, between func(dir string))
	// Dir is the directory of its files.
	Dir() string
}

// patience bounds every wait of the suite.
const patience = 20 * time.Second

var subjects = events.Subjects{Prefix: "test.cooperation", PublicPrefix: "test.public"}

// Run runs the suite, with a fresh server for every part. The short run leaves
// out the parts that wait for limits in time or for servers to come back.
func Run(t *testing.T, factory func(t *testing.T) Server) {
	t.Helper()
	for _, part := range []struct {
		name string
		test func(t *testing.T, b *bench)
		long bool
	}{
		{"sequence is position, one by one and in batches", sequenceIsPosition, false},
		{"a relay that starts late publishes all that waits", lateStart, false},
		{"of two relays one leads and nothing is published twice", twoRelays, true},
		{"a leader without a lease is fenced off", fenced, false},
		{"a leader that cannot reach the stream gives way", givesWay, true},
		{"a lost tail comes back the same", lostTail, false},
		{"a lost stream comes back the same while running", lostStream, true},
		{"lost files come back the same after a restart", lostFiles, true},
		{"a lost answer neither loses nor doubles", lostAnswer, true},
		{"a restart over the same files loses nothing", restart, false},
		{"repair and replay give the same bytes", repair, false},
		{"a stream ahead of the store stops the relay", ahead, false},
		{"a store put back and written to again stops the relay", forked, true},
		{"a new epoch keeps what the store lacks and sets readers back", newEpoch, false},
		{"a stream made again has its epoch and what the operator chose", lostWithItsEpoch, false},
		{"a hole is reported and repaired", hole, false},
		{"damage to the last file is told and mended", damagedTail, true},
		{"damage to the last file is mended by catching up", damagedTailByHand, true},
		{"events of the store in the wrong places are damage, which is mended", astrayMended, false},
		{"events of the store in the wrong places are mended by catching up", astrayByHand, false},
		{"an event of somebody else among them stops the relay", astrayAndForeign, false},
		{"a reader that passed over a damaged event gets it after a repair", readersPassedOver, false},
		{"a repair that is interrupted keeps the places of readers", repairInterrupted, false},
		{"a leader that makes the stream first takes no reader's place", repairOvertaken, false},
		{"a replay that is tried again knows the places of before", replayedAgain, false},
		{"a repair that made some readers again forgets none of the others", repairedByHalves, false},
		{"whatever happens to the files is no fork, and is mended", damagedFiles, true},
		{"a damaged event is found and mended", damagedEvent, false},
		{"a whole stream differs nowhere, and another one is told of", differences, false},
		{"a stream that is away for a moment is verified when it is there", verifiedBetween, false},
		{"an event too large is named and holds back the rest", oversize, false},
		{"a stream of other making is refused with the reason", unfit, false},
		{"a limit that keeps an event out is named until it is lifted", keptOut, true},
	} {
		t.Run(part.name, func(t *testing.T) {
			if part.long && testing.Short() {
				t.Skip("it waits for limits in time, or for a server")
			}
			b := &bench{server: factory(t), feed: &Feed{}, lease: &Lease{}}
			part.test(t, b)
		})
	}
}

// bench is a server with a feed to copy.
type bench struct {
	server Server
	feed   *Feed
	lease  events.Lease
	ids    atomic.Int64
	epoch  int64
	log    *slog.Logger // of relays; silent when nil
	told   telling
}

// telling keeps what relays say that they have published.
type telling struct {
	mu        sync.Mutex
	positions []int64
}

func (t *telling) published(messages []events.Message, begun time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, m := range messages {
		if !begun.IsZero() {
			t.positions = append(t.positions, m.Pos)
		}
	}
}

func stream() events.Stream {
	internal, _ := events.Streams(subjects, 1)
	return internal
}

func (b *bench) connect(t *testing.T, options ...nats.Option) (*nats.Conn, jetstream.JetStream) {
	t.Helper()
	conn := b.server.Connect(t, options...)
	t.Cleanup(conn.Close)
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	return conn, js
}

// relay prepares a relay that is not running.
func (b *bench) relay(t *testing.T, holder string, options ...nats.Option) *events.Relay {
	t.Helper()
	conn, _ := b.connect(t, options...)
	return b.relayOver(t, conn, holder)
}

func (b *bench) relayOver(t *testing.T, conn *nats.Conn, holder string) *events.Relay {
	t.Helper()
	relay, err := events.NewRelay(events.RelayOptions{
		Conn: conn, Stream: stream(), Feed: b.feed, Lease: b.lease, Holder: holder, Log: b.log,
		NewID: func() string { return fmt.Sprintf("%s-%d", holder, b.ids.Add(1)) }, Published: b.told.published,
		Epoch: func(context.Context) (int64, error) { return b.epoch, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return relay
}

// run starts a relay and returns what stops it.
func (b *bench) run(t *testing.T, holder string) (relay *events.Relay, stop func()) {
	t.Helper()
	relay = b.relay(t, holder)
	return relay, b.start(t, relay)
}

func (b *bench) start(t *testing.T, relay *events.Relay) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- relay.Run(ctx) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(stop)
	return stop
}

func settle(t *testing.T, relay *events.Relay, pos int64) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := relay.WaitFor(ctx, pos); err != nil {
		t.Fatalf("%v; status %+v", err, relay.Status())
	}
}

// waitFor waits until a condition holds, and ends the test when it never does.
func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s never came about", what)
		}
	}
}

// become waits until the relay is in a state.
func become(t *testing.T, relay *events.Relay, state events.State) events.Status {
	t.Helper()
	relay.Wake()
	var status events.Status
	waitFor(t, "state "+string(state), func() bool {
		status = relay.Status()
		return status.State == state
	})
	return status
}

// copied is one message of the stream as a reader finds it.
type copied struct {
	Sequence uint64
	Subject  string
	ID       string
	Type     string
	Data     string
}

func (b *bench) same(t *testing.T, from int64) {
	t.Helper()
	_, js := b.connect(t)
	Same(t, js, b.feed, from)
}

// Same fails unless the internal stream holds positions from to the head of the
// feed and no other, each under its number with the subject, id and bytes of
// the feed.
func Same(t *testing.T, js jetstream.JetStream, feed events.Feed, from int64) {
	t.Helper()
	info := state(t, js)
	messages, err := feed.After(t.Context(), from-1, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	var want, got []copied
	for _, m := range messages {
		want = append(want, copied{uint64(m.Pos), m.Subject, m.ID, events.ContentType, string(events.Published(m.Text, m.Pos))})
	}
	if int(info.Msgs) != len(want) {
		t.Fatalf("the stream holds %d messages, the feed %d from %d on", info.Msgs, len(want), from)
	}
	s, err := js.Stream(t.Context(), events.StreamInternal)
	if err != nil {
		t.Fatal(err)
	}
	for seq := info.FirstSeq; info.Msgs > 0 && seq <= info.LastSeq; seq++ {
		m, err := s.GetMsg(t.Context(), seq)
		if err != nil {
			t.Fatalf("read sequence %d: %v", seq, err)
		}
		got = append(got, copied{m.Sequence, m.Subject, m.Header.Get("Nats-Msg-Id"), m.Header.Get("Content-Type"), string(m.Data)})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the stream differs from the feed (-feed +stream):\n%s", diff)
	}
}

func state(t *testing.T, js jetstream.JetStream) jetstream.StreamState {
	t.Helper()
	s, err := js.Stream(t.Context(), events.StreamInternal)
	if err != nil {
		t.Fatal(err)
	}
	return s.CachedInfo().State
}
