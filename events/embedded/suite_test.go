package embedded_test

import (
	"net/url"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"hejnal/events/embedded"
	"hejnal/events/eventstest"
)

type underTest struct {
	dir    string
	port   int // the same after a restart, so that connections come back
	server *embedded.Server
}

func (u *underTest) start(t *testing.T) {
	t.Helper()
	server, err := embedded.Start(embedded.Options{Dir: u.dir, Port: u.port, Password: "internal"})
	if err != nil {
		t.Fatal(err)
	}
	u.server, u.port = server, portOf(t, server.URL())
}

func portOf(t *testing.T, address string) int {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(u.Port())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

func (u *underTest) stop(t *testing.T) {
	t.Helper()
	shut(t, u.server)
}

// Connect implements eventstest.Server.
func (u *underTest) Connect(t *testing.T, options ...nats.Option) *nats.Conn {
	t.Helper()
	conn, err := nats.Connect(u.server.URL(), slices.Concat(options, []nats.Option{nats.MaxReconnects(-1), nats.ReconnectWait(100 * time.Millisecond), nats.UserInfo("$hejnal", "internal")})...)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// Restart implements eventstest.Server.
func (u *underTest) Restart(t *testing.T, between func(dir string)) {
	t.Helper()
	u.stop(t)
	between(u.dir)
	u.start(t)
}

// Dir implements eventstest.Server.
func (u *underTest) Dir() string { return u.dir }

func TestTheEmbeddedServerPassesTheSuite(t *testing.T) {
	eventstest.Run(t, func(t *testing.T) eventstest.Server {
		t.Helper()
		u := &underTest{dir: t.TempDir()}
		u.start(t)
		t.Cleanup(func() { u.stop(t) })
		return u
	})
}
