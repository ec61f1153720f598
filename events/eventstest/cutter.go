package eventstest

import (
	"bytes"
	"context"
	"io"
	"net"
	"sync/atomic"
)

// cutter dials connections that, once armed, end right after an event went
// out: the server reads everything, its answers are thrown away.
type cutter struct{ armed atomic.Bool }

// Dial implements nats.CustomDialer.
func (c *cutter) Dial(network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(context.Background(), network, address)
	if err != nil {
		return nil, err
	}
	return &cutConn{Conn: conn, cutter: c}, nil
}

type cutConn struct {
	net.Conn
	cutter *cutter
	cut    atomic.Bool
}

func (c *cutConn) Write(p []byte) (int, error) {
	last := bytes.Contains(p, []byte("HPUB "+prefix)) && c.cutter.armed.CompareAndSwap(true, false)
	if last {
		c.cut.Store(true) // before the server can answer
	}
	n, err := c.Conn.Write(p)
	if last {
		if half, ok := c.Conn.(*net.TCPConn); ok {
			_ = half.CloseWrite()
		}
	}
	return n, err
}

// Read drains what the server still says after the cut and then ends.
func (c *cutConn) Read(p []byte) (int, error) {
	for {
		n, err := c.Conn.Read(p)
		if err != nil {
			return 0, err
		}
		if !c.cut.Load() {
			return n, nil
		}
		if n == 0 {
			return 0, io.EOF
		}
	}
}
