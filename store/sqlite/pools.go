package sqlite

import (
	"database/sql"

	"hejnal/store"
)

// Pools says how the connections fare.
func (s *Store) Pools() []store.Pool {
	return []store.Pool{poolOf("read", s.reading.Stats()), poolOf("write", s.writing.Stats())}
}

func poolOf(name string, stat sql.DBStats) store.Pool {
	return store.Pool{
		Name: name, Busy: stat.InUse, Idle: stat.Idle, Limit: stat.MaxOpenConnections, Waits: stat.WaitCount, Waited: stat.WaitDuration,
	}
}
