package sqlite

import (
	"context"

	"hejnal/store/internal/listing"
)

// query runs a written query and hands its rows to a reader.
func (s *Store) query(ctx context.Context, q listing.Query, read func(listing.Rows) error) error {
	if err := s.gate.Enter(); err != nil {
		return err
	}
	defer s.gate.Leave()
	rows, err := s.reading.QueryContext(ctx, q.SQL, q.Args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if err := read(rows); err != nil {
		return err
	}
	return rows.Err()
}

// one runs a query for one row; no row is store.ErrNotFound.
func one[P, R any](ctx context.Context, s *Store, query func(context.Context, P) (R, error), params P) (R, error) {
	row, err := some(ctx, s, query, params)
	return row, found(err)
}

// some runs a query while the store is open.
func some[P, R any](ctx context.Context, s *Store, query func(context.Context, P) (R, error), params P) (R, error) {
	if err := s.gate.Enter(); err != nil {
		var none R
		return none, err
	}
	defer s.gate.Leave()
	return query(ctx, params)
}
