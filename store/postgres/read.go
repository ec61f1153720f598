package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"hejnal/store"
	"hejnal/store/internal/listing"
)

// query runs a written query and hands its rows to a reader.
func (s *Store) query(ctx context.Context, q listing.Query, read func(listing.Rows) error) error {
	if err := s.gate.Enter(); err != nil {
		return err
	}
	defer s.gate.Leave()
	rows, err := s.pool.Query(ctx, q.SQL, q.Args...)
	if err != nil {
		return away(err)
	}
	defer rows.Close()
	return away(read(rows))
}

// one runs a query for one row; no row is store.ErrNotFound.
func one[P, R any](ctx context.Context, s *Store, query func(context.Context, P) (R, error), params P) (R, error) {
	row, err := some(ctx, s, query, params)
	if errors.Is(err, pgx.ErrNoRows) {
		err = store.ErrNotFound
	}
	return row, err
}

// some runs a query while the store is open.
func some[P, R any](ctx context.Context, s *Store, query func(context.Context, P) (R, error), params P) (R, error) {
	if err := s.gate.Enter(); err != nil {
		var none R
		return none, err
	}
	defer s.gate.Leave()
	row, err := query(ctx, params)
	return row, away(err)
}

// write runs a statement that is not journalled, while the store is open. It waits for PostgreSQL's standby as a commit does,
// and is given up after the same time.
func (s *Store) write(ctx context.Context, run func(context.Context) error) error {
	if err := s.gate.Enter(); err != nil {
		return err
	}
	defer s.gate.Leave()
	ctx, cancel := context.WithTimeout(ctx, s.longest)
	defer cancel()
	return away(s.again(ctx, func() error { return run(ctx) }))
}
