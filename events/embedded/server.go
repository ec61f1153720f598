package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"hejnal/events"
)

const (
	// InternalUser is the login of the program itself; its password is made anew at every start.
	InternalUser    = "$hejnal"
	internalAccount = "HEJNAL"
	readyTimeout    = 10 * time.Second
	readyStep       = 100 * time.Millisecond
	maxMemory       = 64 << 20
	maxPayload      = 1 << 20
)

// Server is a running NATS server.
type Server struct {
	ns   *server.Server
	opts Options
	log  *seldom
	auth *authenticator
	gate *gate
	lock *os.File
}

// Start starts the server and waits until it takes connections.
func Start(opts Options) (*Server, error) {
	if err := opts.check(); err != nil {
		return nil, fmt.Errorf("start NATS server: %w", err)
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	held, err := lock(opts.Dir)
	if err != nil {
		return nil, fmt.Errorf("start NATS server: %w", err)
	}
	log := newSeldom(opts.Log)
	s := &Server{opts: opts, log: log, auth: newAuthenticator(opts, log), lock: held}
	if err := s.start(); err != nil {
		return nil, fmt.Errorf("start NATS server: %w", errors.Join(err, held.Close()))
	}
	return s, nil
}

func (s *Server) start() error {
	ns, err := server.NewServer(s.serverOptions())
	if err != nil {
		return err
	}
	s.ns = ns
	fatal := make(chan error, 1)
	ns.SetLoggerV2(serverLog{log: newSeldom(s.opts.Log.With("part", "nats-server")), fatal: fatal}, false, false, false)
	ns.Start()
	if err = s.ready(fatal); err == nil {
		err = s.open()
	}
	if err != nil {
		ns.Shutdown()
		ns.WaitForShutdown()
	}
	return err
}

func (s *Server) serverOptions() *server.Options {
	port := s.opts.Port
	if port <= 0 {
		port = server.RANDOM_PORT
	}
	return &server.Options{
		ServerName: "hejnal", Host: s.opts.host(), Port: port, DontListen: s.opts.DontListen,
		JetStream: true, StoreDir: s.opts.Dir, SyncAlways: true,
		JetStreamLimits:    server.JSLimitOpts{DefaultMaxConsumers: events.MaxConsumers}, // of streams made without a number of their own
		JetStreamMaxMemory: maxMemory, JetStreamMaxStore: maxStore, MaxPayload: maxPayload,
		NoSigs: true, DisableJetStreamBanner: true,
		AuthTimeout:                10, // seconds; verifications wait for their turn
		Accounts:                   []*server.Account{server.NewAccount(internalAccount)},
		CustomClientAuthentication: s.auth,
	}
}

// ready waits until the server takes connections or says why it cannot.
func (s *Server) ready(fatal <-chan error) error {
	for deadline := time.Now().Add(readyTimeout); time.Now().Before(deadline); {
		if s.ns.ReadyForConnections(readyStep) {
			return nil
		}
		select {
		case err := <-fatal:
			return err
		default:
		}
	}
	return errors.New("it was not ready in time")
}

// open readies JetStream, the exports and the gate.
func (s *Server) open() error {
	home, err := s.ns.LookupAccount(internalAccount)
	if err != nil {
		return fmt.Errorf("open account: %w", err)
	}
	if err := home.EnableJetStream(nil, nil); err != nil {
		return fmt.Errorf("open streams in %s: %w", s.opts.Dir, err)
	}
	rooms := &rooms{ns: s.ns, home: home, subjects: s.opts.Subjects}
	if err := rooms.export(); err != nil {
		return fmt.Errorf("share subjects: %w", err)
	}
	s.auth.open(home, rooms)
	conn, err := s.Connect()
	if err != nil {
		return err
	}
	s.gate, err = openGate(conn, s.auth, home, s.opts, s.log)
	if err != nil {
		conn.Close()
		return err
	}
	return nil
}

// Connect opens a connection of the process itself, with every right over the
// streams. The caller closes it, before Shutdown.
func (s *Server) Connect() (*nats.Conn, error) {
	conn, err := nats.Connect("", nats.InProcessServer(s.ns), nats.UserInfo(InternalUser, s.opts.Password),
		nats.Name("hejnal"), nats.MaxReconnects(-1), nats.ReconnectWait(100*time.Millisecond))
	if err != nil {
		return nil, fmt.Errorf("connect to the embedded NATS server: %w", err)
	}
	return conn, nil
}

// URL is where others reach the server, empty with DontListen.
func (s *Server) URL() string {
	if s.opts.DontListen {
		return ""
	}
	return s.ns.ClientURL()
}

// Disconnect closes the open connections of a subscriber, whose login was
// disabled or changed before.
func (s *Server) Disconnect(user string) error {
	s.auth.forget(user)
	conns, err := s.ns.Connz(&server.ConnzOptions{Username: true, Limit: 1 << 20})
	if err != nil {
		return fmt.Errorf("find connections of %s: %w", user, err)
	}
	for _, c := range conns.Conns {
		if c.AuthorizedUser == user {
			// An error says that the connection is gone already.
			_ = s.ns.DisconnectClientByID(c.Cid)
		}
	}
	return nil
}

// RemoveConsumers deletes all consumers of a subscriber whose login ended, its
// durable and its own, so that they hold no room. A subscriber that may sign in
// keeps them: the event of an end that was taken back may be published again.
func (s *Server) RemoveConsumers(ctx context.Context, user string) error {
	if s.opts.Logins != nil {
		login, found, err := s.opts.Logins.Login(ctx, user)
		if err != nil {
			return fmt.Errorf("delete consumers of %s: look up its login: %w", user, err)
		}
		if found && !login.Disabled {
			return nil
		}
	}
	if err := removeConsumers(ctx, s.gate.js, user); err != nil {
		return fmt.Errorf("delete consumers of %s: %w", user, err)
	}
	s.gate.places.forgetUser(user)
	return nil
}

// Shutdown closes every connection and stops the server. When ctx ends first,
// it returns the context's error and the server ends by itself.
func (s *Server) Shutdown(ctx context.Context) error {
	s.gate.close()
	s.ns.Shutdown()
	done := make(chan error, 1)
	go func() {
		s.ns.WaitForShutdown()
		done <- s.lock.Close()
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("stop NATS server: %w", ctx.Err())
	}
}
