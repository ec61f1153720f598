package main

import (
	"net"
	"net/url"
	"sync"
	"time"

	"hejnal/cmd/hejnal/installation"
)

// lastLink is what a running server left in its data directory last, read again for each connection: after it was started
// anew the login is another one, and may be the address. A server that is stopped leaves none; then what was read before holds.
type lastLink struct {
	config installation.Config

	mu   sync.Mutex
	link installation.Link
}

func (l *lastLink) read() installation.Link {
	l.mu.Lock()
	defer l.mu.Unlock()
	if link, err := l.config.ReadLink(); err == nil && link.URL != "" {
		l.link = link
	}
	return l.link
}

func (l *lastLink) login() (user, password string) {
	link := l.read()
	return link.User, link.Password
}

// Dial implements nats.CustomDialer.
func (l *lastLink) Dial(network, address string) (net.Conn, error) {
	if at, err := url.Parse(l.read().URL); err == nil && at.Host != "" {
		address = at.Host
	}
	dialer := net.Dialer{Timeout: 5 * time.Second}
	return dialer.Dial(network, address)
}
