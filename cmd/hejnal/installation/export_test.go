package installation

import (
	"time"

	"hejnal/cmd/hejnal/health"
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

// DiskFinding is for tests of disks that are full.
func DiskFinding(data, files func() (int64, error)) health.Finding {
	return diskFinding(disks{data, files})
}

// Rooms tell how much room there is where the data and the documents lie.
func (c Config) Rooms() (data, files func() (int64, error)) {
	on := disksOf(c)
	return on.data, on.files
}

// Room is how much room there is in a folder that is looked at in this way.
func Room(look func(dir string) (int64, error)) func() (int64, error) {
	return (&room{look: look}).free
}
