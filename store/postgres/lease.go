package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"hejnal/store"
	"hejnal/store/postgres/internal/pgdb"
)

// session is the one connection that leases are taken by. Who takes over an expired lease of ours ends it.
type session struct {
	way        *pgx.ConnConfig
	mutex      sync.Mutex
	connection *pgx.Conn
}

// do runs a query in the session. A session that has been ended meanwhile is left, and the query asked again in another.
func (s *session) do(ctx context.Context, run func(context.Context, *pgdb.Queries) error) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	before := s.connection
	err := s.ask(ctx, run)
	if err != nil && before != nil {
		err = s.ask(ctx, run)
	}
	return err
}

func (s *session) ask(ctx context.Context, run func(context.Context, *pgdb.Queries) error) error {
	if s.connection == nil {
		connection, err := pgx.ConnectConfig(ctx, s.way)
		if err != nil {
			return err
		}
		s.connection = connection
	}
	err := run(ctx, pgdb.New(s.connection))
	if err != nil {
		s.leave()
	}
	return err
}

func (s *session) close() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.leave()
}

// leave ends the connection without ceremony.
func (s *session) leave() {
	if s.connection == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	s.connection.Close(ctx) //nolint:errcheck // it is over, or was lost before
	s.connection = nil
}

// Acquire takes or renews a lease by the database's clock, and ends the session of the holder whose expired lease it takes.
func (s *Store) Acquire(ctx context.Context, name, holder string, ttl time.Duration) (bool, error) {
	var took bool
	err := s.inSession(ctx, func(ctx context.Context, queries *pgdb.Queries) error {
		var err error
		took, err = queries.AcquireLease(ctx, pgdb.AcquireLeaseParams{Name: name, Holder: holder, Microseconds: ttl.Microseconds()})
		return err
	})
	if err != nil {
		return false, fmt.Errorf("acquire lease %s: %w", name, err)
	}
	return took, nil
}

// Release gives up a lease; one that is not held is no error.
func (s *Store) Release(ctx context.Context, name, holder string) error {
	err := s.inSession(ctx, func(ctx context.Context, queries *pgdb.Queries) error {
		return queries.EndLease(ctx, pgdb.EndLeaseParams{Name: name, Holder: holder})
	})
	if err != nil {
		return fmt.Errorf("release lease %s: %w", name, err)
	}
	return nil
}

// Holder answers who holds a lease now, by the database's clock.
func (s *Store) Holder(ctx context.Context, name string) (string, error) {
	holder, err := one(ctx, s, s.read.LeaseHolder, name)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read lease %s: %w", name, err)
	}
	return holder, nil
}

func (s *Store) inSession(ctx context.Context, run func(context.Context, *pgdb.Queries) error) error {
	if err := s.gate.Enter(); err != nil {
		return err
	}
	defer s.gate.Leave()
	ctx, cancel := context.WithTimeout(ctx, min(answering, s.longest)) // others wait for the session
	defer cancel()
	return away(s.lease.do(ctx, run))
}
