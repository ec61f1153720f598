package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"

	"hejnal/events"
)

// Login is a subscriber's right to connect.
type Login struct {
	User         string
	PasswordHash string
	Allow        []string // patterns inside the two subject spaces
	Disabled     bool
}

// Logins finds subscribers. It is asked at every connect, so that a login
// holds, or holds no more, at once.
type Logins interface {
	Login(ctx context.Context, user string) (login Login, found bool, err error)
}

// Options says how the server runs. Dir and Password are required.
type Options struct {
	Dir        string // of the streams; one server at a time may use it
	Host       string // where to listen, 127.0.0.1 when empty
	Port       int    // 0 or less: any free port
	DontListen bool   // connections of this process only
	Password   string // of the one internal login, made anew at every start

	Subjects events.Subjects
	Logins   Logins                           // nobody but the process itself when nil
	Verify   func(hash, password string) bool // required with Logins; may be slow
	Log      *slog.Logger                     // warnings and errors of the server; silent when nil
}

func (o Options) check() error {
	switch {
	case o.Dir == "":
		return errors.New("no directory for the streams")
	case o.Password == "":
		return errors.New("no password for the internal login")
	case o.Logins != nil && o.Verify == nil:
		return errors.New("logins need a way to verify a password")
	case !o.DontListen && !loopback(o.host()):
		return fmt.Errorf("%w: %s, which others can reach, needs TLS, and the server inside has none: run a NATS server apart", ErrListen, o.host())
	}
	return o.Subjects.Validate()
}

func (o Options) host() string {
	if o.Host == "" {
		return "127.0.0.1"
	}
	return o.Host
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// maxStore is given even where there is no bound: the server's own default is a share of what is free at the start, and
// an installation that was started on a full disk would be held to that when there is room again.
const maxStore = 1 << 60
