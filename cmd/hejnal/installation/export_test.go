package installation

import (
	"time"

	"hejnal/events"
	"hejnal/store"
)

// Lease is lease, for tests.
func (c Config) Lease(kept store.Leases) (events.Lease, error) { return c.lease(kept) }

// What the checks find, for tests.
var (
	RelayFinding  = relayFinding
	StreamFinding = streamFinding
	NATSFinding   = natsFinding
	DiskFinding   = diskFinding
)

// NewHandover makes an empty handover: what puts into it and takes from it, and a feed over another one.
func NewHandover(now func() time.Time) (put func([]store.Durable), take func() (own, public bool), over func(events.Feed) events.Feed) {
	h := &handover{now: now}
	return h.put, h.take, func(read events.Feed) events.Feed { return handedFeed{read, h} }
}

// KeptStream is keptStream, for tests.
type KeptStream = keptStream

// KeepOpen is keepOpen, for tests.
var KeepOpen = keepOpen
