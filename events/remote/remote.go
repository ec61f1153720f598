// Package remote connects to a NATS server or cluster outside the process.
//
// Relay and streams are the same as with the embedded server. Whether a login
// may do what it should is up to whoever runs the cluster: the program's own
// needs the JetStream API and the two subject spaces, and subscribers belong in
// accounts of their own, for the reasons that package embedded gives.
package remote

import (
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/nats-io/nats.go"
)

// Options says where to connect and as whom.
type Options struct {
	URL         string // nats:// or tls://, several separated by commas; may hold user and password
	Credentials string // path of a .creds file
	// Wait says that a server which cannot be reached yet is no error: the
	// connection is returned and made as soon as the server is there. What is
	// wrong with the options or the login is an error all the same.
	Wait bool
	// Changed is told of a lost (false) and a regained (true) connection.
	// It may be nil.
	Changed func(connected bool, err error)
}

// Connect connects and keeps reconnecting until the connection is closed. What
// is published while it is down fails at once; the relay tries again.
func Connect(o Options) (*nats.Conn, error) {
	if o.URL == "" {
		return nil, errors.New("connect to NATS: no URL")
	}
	options := o.nats()
	conn, err := nats.Connect(o.URL, options...)
	if err != nil && o.Wait && unreached(err) {
		o.changed(false, err)
		conn, err = nats.Connect(o.URL, append(options, nats.RetryOnFailedConnect(true),
			nats.ConnectHandler(func(*nats.Conn) { o.changed(true, nil) }))...)
	}
	if err != nil {
		return nil, fmt.Errorf("connect to NATS: %w", err)
	}
	return conn, nil
}

// unreached answers whether nobody was there, or not ready yet.
func unreached(err error) bool {
	var network net.Error
	return errors.Is(err, nats.ErrNoServers) || errors.Is(err, nats.ErrTimeout) || errors.Is(err, io.EOF) || errors.As(err, &network)
}

func (o Options) changed(connected bool, err error) {
	if o.Changed != nil {
		o.Changed(connected, err)
	}
}

func (o Options) nats() []nats.Option {
	options := []nats.Option{
		nats.Name("hejnal"), nats.Timeout(5 * time.Second), nats.MaxReconnects(-1), nats.IgnoreAuthErrorAbort(),
		nats.ReconnectWait(500 * time.Millisecond), nats.ReconnectBufSize(-1), nats.PingInterval(2 * time.Second), nats.MaxPingsOutstanding(2),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) { o.changed(false, err) }),
		nats.ReconnectHandler(func(*nats.Conn) { o.changed(true, nil) }),
	}
	if o.Credentials != "" {
		options = append(options, nats.UserCredentials(o.Credentials))
	}
	return options
}
