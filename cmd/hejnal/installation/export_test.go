package installation

import (
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
