package fleet

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"
)

// A Link is what a proxy does with connections.
type Link int

// What can become of a link.
const (
	Whole  Link = iota // passes everything
	Cut                // ends every connection and takes no new one
	Silent             // passes nothing and ends nothing, as a firewall does that forgot a connection
)

// Proxy passes TCP connections on, as long as it is whole.
type Proxy struct {
	target   string
	listener net.Listener
	running  sync.WaitGroup

	mu      sync.Mutex
	changed *sync.Cond
	link    Link
	closed  bool
	conns   map[net.Conn]bool
}

// NewProxy opens a proxy to an address, on a port of its own.
func NewProxy(ctx context.Context, target string) (*Proxy, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open a proxy to %s: %w", target, err)
	}
	p := &Proxy{target: target, listener: listener, conns: map[net.Conn]bool{}}
	p.changed = sync.NewCond(&p.mu)
	p.running.Go(p.accept)
	return p, nil
}

// Address is where the proxy listens.
func (p *Proxy) Address() string { return p.listener.Addr().String() }

// Set makes the link whole, cuts it or silences it. What a silent link held back is never delivered: its connections are
// ended when it is whole again.
func (p *Proxy) Set(link Link) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if link == Cut || p.link == Silent {
		p.endAll()
	}
	p.link = link
	p.changed.Broadcast()
}

func (p *Proxy) endAll() {
	for conn := range p.conns {
		_ = conn.Close()
	}
	clear(p.conns)
}

// Close ends all connections and the proxy.
func (p *Proxy) Close() error {
	p.mu.Lock()
	p.closed = true
	p.endAll()
	p.changed.Broadcast()
	p.mu.Unlock()
	err := p.listener.Close()
	p.running.Wait()
	return err
}

func (p *Proxy) accept() {
	for {
		conn, err := p.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err == nil {
			p.running.Go(func() { p.serve(conn) })
		}
	}
}

// keep notes a connection, and reports whether it may live.
func (p *Proxy) keep(conn net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || p.link == Cut {
		_ = conn.Close()
		return false
	}
	p.conns[conn] = true
	return true
}

// passes waits while the link is silent, and reports whether the connection still lives.
func (p *Proxy) passes(conn net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.link == Silent && !p.closed && p.conns[conn] {
		p.changed.Wait()
	}
	return p.conns[conn]
}

func (p *Proxy) drop(conn net.Conn) {
	p.mu.Lock()
	delete(p.conns, conn)
	p.mu.Unlock()
	_ = conn.Close()
}

func (p *Proxy) serve(from net.Conn) {
	if !p.keep(from) {
		return
	}
	defer p.drop(from)
	if !p.passes(from) {
		return
	}
	to, err := (&net.Dialer{Timeout: 5 * time.Second}).DialContext(context.Background(), "tcp", p.target)
	if err != nil || !p.keep(to) {
		return
	}
	defer p.drop(to)
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.pass(from, to)
	}()
	p.pass(to, from)
	<-done
}

// pass copies one way until either side ends, and then ends both.
func (p *Proxy) pass(from, to net.Conn) {
	defer p.drop(from)
	defer p.drop(to)
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if !p.passes(from) {
			return
		}
		if _, failed := to.Write(buffer[:n]); failed != nil || err != nil {
			return
		}
	}
}
