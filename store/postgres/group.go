package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"hejnal/store"
)

// outcome is a row of commit_changes: what became of the change at a place.
type outcome struct {
	place                int
	refusal, what, which string
	firstPos             int64
}

// refused is the error that the contract has for the outcome.
func (o outcome) refused() error {
	switch o.refusal {
	case "":
		return nil
	case "HJ001":
		return &store.StaleError{What: o.what, ID: o.which}
	case "HJ002":
		return &store.ExistsError{What: o.what, ID: o.which}
	case "HJ003":
		return store.ErrKeyUsed
	}
	return fmt.Errorf("commit_changes answered %s for %s %s", o.refusal, o.what, o.which)
}

// commitGroup commits a group in the transaction of one statement. sqlc knows no functions that return tables.
func (s *Store) commitGroup(ctx context.Context, documents string, parts blobs, wanted locks) ([]outcome, error) {
	const statement = "SELECT place, refusal, what, which, first_pos FROM commit_changes($1, $2::text::jsonb, $3, $4, $5, $6, $7, $8, $9)"
	rows, err := s.writing.Query(ctx, statement, wanted.keys, documents, [][]byte(parts),
		len(wanted.keys) > 0, wanted.cases, wanted.tasks, wanted.partners, wanted.people, wanted.scopes)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (outcome, error) {
		var o outcome
		err := row.Scan(&o.place, &o.refusal, &o.what, &o.which, &o.firstPos)
		return o, err
	})
}

// tries is how often a statement is tried that other processes got in the way of.
const tries = 20

// again runs a statement until it does not fail by what another process did at the same time, or before it was sent.
func (s *Store) again(ctx context.Context, run func() error) error {
	return s.whileFailing(ctx, func(err error) bool { return mayTryAgain(err) || isTaken(err) }, run)
}

// whileFailing runs a statement until it does not fail by what may be over at the next try.
func (s *Store) whileFailing(ctx context.Context, passing func(error) bool, run func() error) error {
	err := run()
	for try := 1; try < tries && ctx.Err() == nil && passing(err); try++ {
		if s.observer.Retried != nil {
			s.observer.Retried()
		}
		err = run()
	}
	return err
}

func mayTryAgain(err error) bool {
	var fault *pgconn.PgError
	if errors.As(err, &fault) {
		return fault.Code == "40001" || fault.Code == "40P01"
	}
	return err != nil && pgconn.SafeToRetry(err)
}

// isTaken tells that another process made a row of the same name in between: a statement that looks for it finds it the next time,
// and tells whose it is.
func isTaken(err error) bool {
	var fault *pgconn.PgError
	return errors.As(err, &fault) && fault.Code == "23505"
}
