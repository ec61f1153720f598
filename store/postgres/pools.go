package postgres

import (
	"github.com/jackc/pgx/v5/pgxpool"

	"hejnal/store"
)

// Pools says how the connections fare.
func (s *Store) Pools() []store.Pool {
	return []store.Pool{poolOf("read", s.pool.Stat()), poolOf("write", s.writing.Stat())}
}

func poolOf(name string, stat *pgxpool.Stat) store.Pool {
	return store.Pool{
		Name: name, Busy: int(stat.AcquiredConns()), Idle: int(stat.IdleConns()), Limit: int(stat.MaxConns()),
		Waits: stat.EmptyAcquireCount(), Waited: stat.EmptyAcquireWaitTime(),
	}
}
