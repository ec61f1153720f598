// Package gate lets calls into a store while it is open, and lets Close wait for them.
package gate

import (
	"sync"

	"hejnal/store"
)

// Gate is open in its zero value.
type Gate struct {
	mutex  sync.RWMutex
	closed bool
}

// Enter admits one call, which must Leave; it answers store.ErrClosed once the gate is closed.
func (g *Gate) Enter() error {
	g.mutex.RLock()
	if g.closed {
		g.mutex.RUnlock()
		return store.ErrClosed
	}
	return nil
}

// Leave ends a call that was admitted.
func (g *Gate) Leave() { g.mutex.RUnlock() }

// Close waits until every admitted call has left and admits no more. It reports whether this call closed the gate.
func (g *Gate) Close() bool {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	first := !g.closed
	g.closed = true
	return first
}
