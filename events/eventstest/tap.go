package eventstest

import (
	"bytes"
	"context"
	"net"
	"sync"
)

// tap dials connections and holds the first of them that sends a text, once,
// before the text goes out.
type tap struct {
	text   string
	once   sync.Once
	held   chan struct{} // closed when the text is about to go out
	passed chan struct{} // closed when it may
}

func newTap(text string) *tap {
	return &tap{text: text, held: make(chan struct{}), passed: make(chan struct{})}
}

// during lets do happen while work is about to send the text, and answers how
// work ends.
func (t *tap) during(work func() error, do func()) error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	select {
	case err := <-done:
		return err
	case <-t.held:
	}
	func() {
		defer close(t.passed) // also where do ends the test
		do()
	}()
	return <-done
}

// Dial implements nats.CustomDialer.
func (t *tap) Dial(network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(context.Background(), network, address)
	if err != nil {
		return nil, err
	}
	return &tapConn{Conn: conn, tap: t}, nil
}

type tapConn struct {
	net.Conn
	tap *tap
}

func (c *tapConn) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte(c.tap.text)) {
		c.tap.once.Do(func() {
			close(c.tap.held)
			<-c.tap.passed
		})
	}
	return c.Conn.Write(p)
}
