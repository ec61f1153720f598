package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"hejnal/store"
	"hejnal/store/sqlite"
	"hejnal/store/storetest"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

func TestSQLiteKeepsTheContract(t *testing.T) {
	storetest.Run(t, database)
}

func database(tb testing.TB) storetest.Database {
	path := filepath.Join(tb.TempDir(), "store.sqlite")
	return storetest.Database{
		Location: path,
		Open: func(tb testing.TB) store.Store {
			tb.Helper()
			s, err := sqlite.Open(tb.Context(), path, sqlite.Options{})
			if err != nil {
				tb.Fatal(err)
			}
			tb.Cleanup(func() {
				if err := s.Close(); err != nil {
					tb.Error(err)
				}
			})
			return s
		},
		Leaf: func(ctx context.Context, eventID string) (leaf []byte, err error) {
			db, err := sql.Open("sqlite", path)
			if err != nil {
				return nil, err
			}
			err = db.QueryRowContext(ctx, "SELECT leaf FROM journal WHERE event_id = ?", eventID).Scan(&leaf)
			return leaf, errors.Join(err, db.Close())
		},
		Exec: func(ctx context.Context, statement string) error {
			db, err := sql.Open("sqlite", path)
			if err != nil {
				return err
			}
			_, err = db.ExecContext(ctx, statement)
			return errors.Join(err, db.Close())
		},
	}
}
