package main_test

import (
	"bytes"
	"sync"
)

// lines keeps what a program writes, and tells that there is more.
type lines struct {
	mu   sync.Mutex
	kept bytes.Buffer
	said chan struct{}
}

// Write implements [io.Writer].
func (l *lines) Write(text []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case l.said <- struct{}{}:
	default:
	}
	return l.kept.Write(text)
}

func (l *lines) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.kept.String()
}
