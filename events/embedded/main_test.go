package embedded_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
	"hejnal/events/embedded"
	"hejnal/events/eventstest"
)

// directory is a list of logins that tests change while the server runs.
type directory struct {
	mu     sync.Mutex
	logins map[string]embedded.Login
}

func (d *directory) put(l embedded.Login) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.logins == nil {
		d.logins = make(map[string]embedded.Login)
	}
	d.logins[l.User] = l
}

func (d *directory) Login(_ context.Context, user string) (embedded.Login, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	l, ok := d.logins[user]
	return l, ok, nil
}

// house is a server with streams and a relay for the internal one.
type house struct {
	*embedded.Server
	logins *directory
	feed   *eventstest.Feed
	relay  *events.Relay
	js     jetstream.JetStream
}

func open(t *testing.T, changes ...func(*embedded.Options)) *house {
	t.Helper()
	h := &house{logins: &directory{}, feed: &eventstest.Feed{}}
	options := embedded.Options{
		Dir: t.TempDir(), Password: "internal", Logins: h.logins,
		Verify: func(hash, password string) bool { return hash == "hash of "+password },
	}
	for _, change := range changes {
		change(&options)
	}
	server, err := embedded.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	h.Server = server
	t.Cleanup(func() { shut(t, server) })
	conn, err := server.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	h.js, err = jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	if err := events.EnsureStreams(t.Context(), h.js, events.Subjects{}, 1); err != nil {
		t.Fatal(err)
	}
	h.startRelay(t, conn)
	return h
}

// shut stops a server in its own time, also after the test's context ended.
func shut(t *testing.T, server *embedded.Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), 20*time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		t.Error(err)
	}
}

func (h *house) startRelay(t *testing.T, conn *nats.Conn) {
	t.Helper()
	stream, _ := events.Streams(events.Subjects{}, 1)
	relay, err := events.NewRelay(events.RelayOptions{
		Conn: conn, Stream: stream, Feed: h.feed, Lease: &eventstest.Lease{}, Holder: "test", NewID: nats.NewInbox,
	})
	if err != nil {
		t.Fatal(err)
	}
	h.relay = relay
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- relay.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// commit adds events of a subject below the internal prefix and waits until
// they are in the stream.
func (h *house) commit(t *testing.T, subjects ...string) {
	t.Helper()
	var pos int64
	for _, subject := range subjects {
		m := eventstest.Message("unused", h.next(t))
		m.Subject = "krakow.cooperation." + subject
		pos = h.feed.Add(m)
	}
	h.settle(t, pos)
}

func (h *house) next(t *testing.T) int64 {
	t.Helper()
	head, err := h.feed.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head + 1
}

func (h *house) settle(t *testing.T, pos int64) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := h.relay.WaitFor(ctx, pos); err != nil {
		t.Fatalf("%v; status %+v", err, h.relay.Status())
	}
}

// admit gives a user a login and its durable.
func (h *house) admit(t *testing.T, user string, allow ...string) {
	t.Helper()
	h.logins.put(embedded.Login{User: user, PasswordHash: "hash of " + user, Allow: allow})
	if err := embedded.EnsureDurable(t.Context(), h.js, events.Subjects{}, user, allow); err != nil {
		t.Fatal(err)
	}
}

// guest is a subscriber's own connection, as an ordinary client opens it.
type guest struct {
	*nats.Conn
	js     jetstream.JetStream
	faults chan error
}

func (h *house) enter(t *testing.T, user string) *guest {
	t.Helper()
	g := &guest{faults: make(chan error, 64)}
	conn, err := nats.Connect(h.URL(), nats.UserInfo(user, user), nats.CustomInboxPrefix("_INBOX_"+user),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			select {
			case g.faults <- err:
			default:
			}
		}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	g.Conn = conn
	if g.js, err = jetstream.New(conn); err != nil {
		t.Fatal(err)
	}
	return g
}
