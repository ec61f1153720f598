package remote_test

import (
	"net"
	"net/url"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"go.uber.org/goleak"

	"hejnal/events/eventstest"
	"hejnal/events/remote"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// outside is a server that is not ours, reached by its URL alone.
type outside struct {
	dir    string
	port   int // the same after a restart, so that connections come back
	server *server.Server
}

func (o *outside) start(t *testing.T) {
	t.Helper()
	s, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: o.port, NoSigs: true, NoLog: true,
		JetStream: true, StoreDir: o.dir, Username: "city", Password: "secret",
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("the server is not ready")
	}
	o.server, o.port = s, s.Addr().(*net.TCPAddr).Port
}

func (o *outside) stop() {
	o.server.Shutdown()
	o.server.WaitForShutdown()
}

func (o *outside) address(t *testing.T, password string) string {
	t.Helper()
	address, err := url.Parse(o.server.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	address.User = url.UserPassword("city", password)
	return address.String()
}

// Connect implements eventstest.Server. Connections that the suite interferes
// with are made by hand, all others by the package.
func (o *outside) Connect(t *testing.T, options ...nats.Option) *nats.Conn {
	t.Helper()
	address := o.address(t, "secret")
	var conn *nats.Conn
	var err error
	if len(options) > 0 {
		conn, err = nats.Connect(address, options...)
	} else {
		conn, err = remote.Connect(remote.Options{URL: address})
	}
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// Restart implements eventstest.Server.
func (o *outside) Restart(t *testing.T, between func(dir string)) {
	t.Helper()
	o.stop()
	between(o.dir)
	o.start(t)
}

// Dir implements eventstest.Server.
func (o *outside) Dir() string { return o.dir }

func TestAnOutsideServerPassesTheSuite(t *testing.T) {
	eventstest.Run(t, func(t *testing.T) eventstest.Server {
		t.Helper()
		o := &outside{dir: t.TempDir(), port: server.RANDOM_PORT}
		o.start(t)
		t.Cleanup(o.stop)
		return o
	})
}

func TestConnectSaysWhatIsWrong(t *testing.T) {
	o := &outside{dir: t.TempDir(), port: server.RANDOM_PORT}
	o.start(t)
	t.Cleanup(o.stop)
	for name, options := range map[string]remote.Options{
		"no URL":         {},
		"wrong password": {URL: o.address(t, "wrong")},
		"no credentials": {URL: o.server.ClientURL(), Credentials: "does/not/exist.creds"},
		"nobody there":   {URL: "nats://127.0.0.1:1"},
	} {
		t.Run(name, func(t *testing.T) {
			if conn, err := remote.Connect(options); err == nil {
				conn.Close()
				t.Error("it connected")
			}
		})
	}
}

func TestConnectWaitsForAServerButNotForABetterPassword(t *testing.T) {
	o := &outside{dir: t.TempDir(), port: server.RANDOM_PORT}
	o.start(t)
	if conn, err := remote.Connect(remote.Options{URL: o.address(t, "wrong"), Wait: true}); err == nil {
		conn.Close()
		t.Fatal("it takes a wrong password for a server that is not there yet")
	}
	address := o.address(t, "secret")
	o.stop()
	changes := make(chan bool, 8)
	conn, err := remote.Connect(remote.Options{
		URL: address, Wait: true,
		Changed: func(connected bool, _ error) { changes <- connected },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	if <-changes {
		t.Fatal("it says that it is connected while nobody is there")
	}
	o.start(t)
	t.Cleanup(func() { o.stop() })
	for connected := false; !connected; {
		select {
		case connected = <-changes:
		case <-time.After(20 * time.Second):
			t.Fatal("it does not connect to the server that is there now")
		}
	}
	if err := conn.Flush(); err != nil {
		t.Error(err)
	}
}
