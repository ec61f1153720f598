package events_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/goleak"

	"hejnal/events"
	"hejnal/events/embedded"
	"hejnal/events/eventstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const prefix = "krakow.cooperation"

// mood is what goes wrong at a store.
type mood struct {
	feed, lease error
	skip        int64 // a position that the feed leaves out
}

// moody is a feed and a lease that can be told to fail.
type moody struct {
	eventstest.Feed
	lease eventstest.Lease

	mu  sync.Mutex
	now mood
}

func (m *moody) set(now mood) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = now
}

func (m *moody) mood() mood {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

func (m *moody) Head(ctx context.Context) (int64, error) {
	if err := m.mood().feed; err != nil {
		return 0, err
	}
	return m.Feed.Head(ctx)
}

func (m *moody) After(ctx context.Context, pos int64, limit int) ([]events.Message, error) {
	mood := m.mood()
	if mood.feed != nil {
		return nil, mood.feed
	}
	messages, err := m.Feed.After(ctx, pos, limit)
	return slices.DeleteFunc(messages, func(message events.Message) bool { return message.Pos == mood.skip }), err
}

func (m *moody) Acquire(ctx context.Context, name, holder string, ttl time.Duration) (bool, error) {
	if err := m.mood().lease; err != nil {
		return false, err
	}
	return m.lease.Acquire(ctx, name, holder, ttl)
}

func (m *moody) Release(ctx context.Context, name, holder string) error {
	return m.lease.Release(ctx, name, holder)
}

// setting is a server with what a relay needs.
type setting struct {
	moody
	conn    *nats.Conn
	js      jetstream.JetStream
	options events.RelayOptions
}

func set(t *testing.T) *setting {
	t.Helper()
	server, err := embedded.Start(embedded.Options{Dir: t.TempDir(), DontListen: true, Password: "internal"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Shutdown(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	s := &setting{}
	if s.conn, err = server.Connect(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.conn.Close)
	if s.js, err = jetstream.New(s.conn); err != nil {
		t.Fatal(err)
	}
	stream, _ := events.Streams(events.Subjects{}, 1)
	s.options = events.RelayOptions{
		Conn: s.conn, Stream: stream, Feed: &s.moody, Lease: &s.moody, Holder: "one", NewID: nats.NewInbox,
	}
	return s
}

func (s *setting) run(t *testing.T) *events.Relay {
	t.Helper()
	relay, err := events.NewRelay(s.options)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- relay.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return relay
}

func settle(t *testing.T, relay *events.Relay, pos int64) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := relay.WaitFor(ctx, pos); err != nil {
		t.Fatalf("%v; status %+v", err, relay.Status())
	}
}

// eventually waits until the status is as wanted.
func eventually(t *testing.T, relay *events.Relay, wanted func(events.Status) bool) events.Status {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		if status := relay.Status(); wanted(status) {
			return status
		}
	}
	t.Fatalf("it never came about: %+v", relay.Status())
	return events.Status{}
}

func TestAnIncompleteRelayIsRefused(t *testing.T) {
	good := set(t).options
	for name, spoil := range map[string]func(*events.RelayOptions){
		"no connection": func(o *events.RelayOptions) { o.Conn = nil },
		"no feed":       func(o *events.RelayOptions) { o.Feed = nil },
		"no lease":      func(o *events.RelayOptions) { o.Lease = nil },
		"no holder":     func(o *events.RelayOptions) { o.Holder = "" },
		"no ids":        func(o *events.RelayOptions) { o.NewID = nil },
		"no stream":     func(o *events.RelayOptions) { o.Stream = events.Stream{} },
	} {
		options := good
		spoil(&options)
		if _, err := events.NewRelay(options); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	relay, err := events.NewRelay(set(t).options)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := relay.WaitFor(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	for range 3 {
		relay.Wake() // nobody listens, and it does not block
	}
}

func TestAPollPublishesWithoutAWakeUp(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for limits in time")
	}
	s := set(t)
	relay := s.run(t)
	settle(t, relay, s.Append(prefix, 1))
	s.Append(prefix, 1)
	eventually(t, relay, func(s events.Status) bool { return s.Last == 2 && s.State == events.StateHealthy })
}

func TestAFeedWithAHoleIsNotPublished(t *testing.T) {
	s := set(t)
	s.set(mood{skip: 3})
	s.Append(prefix, 5)
	relay := s.run(t)
	status := eventually(t, relay, func(s events.Status) bool { return s.State == events.StateFailing })
	if !strings.Contains(status.LastError, "position 4 stands where 3 belongs") || status.Last != 0 {
		t.Errorf("status %+v", status)
	}
	s.set(mood{})
	settle(t, relay, 5)
}

func TestAnUnreachableStoreIsReportedAndTriedAgain(t *testing.T) {
	s := set(t)
	s.set(mood{feed: errors.New("no route to the store")})
	s.Append(prefix, 2)
	relay := s.run(t)
	eventually(t, relay, func(s events.Status) bool {
		return s.State == events.StateFailing && strings.Contains(s.LastError, "no route")
	})
	s.set(mood{})
	settle(t, relay, 2)
	if status := eventually(t, relay, func(s events.Status) bool { return s.State == events.StateHealthy }); status.LastError != "" {
		t.Errorf("status %+v", status)
	}
}

func TestWithoutALeaseNothingIsPublished(t *testing.T) {
	s := set(t)
	s.set(mood{lease: errors.New("no lease today")})
	s.Append(prefix, 2)
	relay := s.run(t)
	status := eventually(t, relay, func(s events.Status) bool { return s.State == events.StateFailing })
	if !strings.Contains(status.LastError, "no lease today") || status.Leader {
		t.Errorf("status %+v", status)
	}
	if _, err := s.js.Stream(t.Context(), events.StreamInternal); !errors.Is(err, jetstream.ErrStreamNotFound) {
		t.Errorf("the stream was touched: %v", err)
	}
	s.set(mood{})
	settle(t, relay, 2)
}

func TestWhoBeginsToLeadTellsIt(t *testing.T) {
	s := set(t)
	var terms atomic.Int32
	s.options.Leading = func() { terms.Add(1) }
	s.set(mood{lease: errors.New("no lease yet")})
	relay := s.run(t)
	eventually(t, relay, func(s events.Status) bool { return s.State == events.StateFailing })
	if n := terms.Load(); n != 0 {
		t.Errorf("%d terms without a lease", n)
	}
	s.set(mood{})
	settle(t, relay, s.Append(prefix, 1))
	if n := terms.Load(); n != 1 {
		t.Errorf("%d terms were told of, not one", n)
	}
}

// deaf is a feed whose head is not told for a while, as by a store or a stream that is choosing its leader.
type deaf struct {
	*moody
	asked atomic.Int32
}

func (d *deaf) Head(ctx context.Context) (int64, error) {
	d.asked.Add(1)
	<-ctx.Done()
	return 0, ctx.Err()
}

func TestAStandByAsksForTheLeaseWhileNobodyAnswersIt(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for limits in time")
	}
	s := set(t)
	first := s.run(t)
	settle(t, first, s.Append(prefix, 1))
	feed := &deaf{moody: &s.moody}
	s.options.Feed, s.options.Holder = feed, "two"
	second := s.run(t)
	eventually(t, second, func(events.Status) bool { return feed.asked.Load() >= 5 })
}

func TestALeaderThatCannotRenewStopsLeading(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for limits in time")
	}
	s := set(t)
	relay := s.run(t)
	settle(t, relay, s.Append(prefix, 1))
	s.set(mood{lease: errors.New("no lease any more")})
	eventually(t, relay, func(s events.Status) bool { return !s.Leader })
	s.set(mood{})
	settle(t, relay, s.Append(prefix, 1))
}

func TestAStreamMadeAnewIsTold(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for limits in time")
	}
	s := set(t)
	var told atomic.Int64
	s.options.Remade = func(context.Context) error {
		if told.Add(1) == 1 {
			return errors.New("not yet")
		}
		return nil
	}
	if err := events.EnsureStreams(t.Context(), s.js, events.Subjects{}, 1); err != nil {
		t.Fatal(err)
	}
	relay := s.run(t)
	settle(t, relay, s.Append(prefix, 3))
	if told.Load() != 0 {
		t.Error("told of a stream that was there")
	}
	if err := s.js.DeleteStream(t.Context(), events.StreamInternal); err != nil {
		t.Fatal(err)
	}
	settle(t, relay, s.Append(prefix, 1))
	eventually(t, relay, func(s events.Status) bool { return s.State == events.StateHealthy })
	if told.Load() != 2 {
		t.Errorf("told %d times of a stream made anew, the first of them in vain", told.Load())
	}
	eventstest.Same(t, s.js, &s.Feed, 1)
}

func TestARelayThatIsHeldDoesNothing(t *testing.T) {
	s := set(t)
	relay, err := events.NewRelay(s.options)
	if err != nil {
		t.Fatal(err)
	}
	s.Append(prefix, 1)
	err = relay.Hold(t.Context(), func() error {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		return relay.CatchUp(ctx)
	})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("while it is held it answers %v", err)
	}
	if _, err := s.js.Stream(t.Context(), events.StreamInternal); !errors.Is(err, jetstream.ErrStreamNotFound) {
		t.Errorf("the stream was touched: %v", err)
	}
	if err := relay.CatchUp(t.Context()); err != nil {
		t.Error(err)
	}
}
