// Package news tells everybody in this process who waits for it that something was committed.
package news

import "sync"

// Board is where waiting readers look. Its zero value is ready for use, by many at once.
type Board struct {
	mu      sync.Mutex
	changed chan struct{}
	closed  bool
}

// Changed is closed at the next Tell, and at Close. Who reads what there is must take it before reading, so that nothing that is
// told in between is missed.
func (b *Board) Changed() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.changed == nil {
		b.changed = make(chan struct{})
		if b.closed {
			close(b.changed)
		}
	}
	return b.changed
}

// Tell wakes everybody who waits.
func (b *Board) Tell() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.changed != nil && !b.closed {
		close(b.changed)
		b.changed = nil
	}
}

// Close wakes everybody who waits, now and later: nothing will be told any more. Closing twice is no error.
func (b *Board) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.changed != nil && !b.closed {
		close(b.changed)
	}
	b.closed = true
}

// Closed reports whether the board is closed.
func (b *Board) Closed() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.closed
}
