package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"hejnal/store"
	"hejnal/store/sqlite"
	"hejnal/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.Child(func(ctx context.Context, path string) (store.Store, error) {
		return sqlite.Open(ctx, path, sqlite.Options{})
	})
	goleak.VerifyTestMain(m)
}

func TestSQLiteKeepsTheContract(t *testing.T) {
	storetest.Run(t, database)
}

func TestListsAreTheSameHoweverTheyAreFound(t *testing.T) {
	if testing.Short() {
		t.Skip("the lists have been checked once already")
	}
	for name, options := range sqlite.Efforts() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Lists(t, func(tb testing.TB) storetest.Database {
				tb.Helper()
				return databaseWith(tb, options)
			})
		})
	}
}

func BenchmarkCommit(b *testing.B) {
	storetest.Bench(b, database, rivals)
}

func database(tb testing.TB) storetest.Database {
	tb.Helper()
	return databaseWith(tb, sqlite.Options{})
}

func databaseWith(tb testing.TB, options sqlite.Options) storetest.Database {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "store.sqlite")
	observed := func(tb testing.TB, observer store.Observer) store.Store {
		tb.Helper()
		options := options
		options.Observer = observer
		s, err := sqlite.Open(tb.Context(), path, options)
		if err != nil {
			tb.Fatal(err)
		}
		tb.Cleanup(func() {
			if err := s.Close(); err != nil {
				tb.Error(err)
			}
		})
		return s
	}
	return storetest.Database{
		Location: path,
		Open: func(tb testing.TB) store.Store {
			tb.Helper()
			return observed(tb, store.Observer{})
		},
		Observed: observed,
		Leaf: func(ctx context.Context, eventID string) (leaf []byte, err error) {
			db, err := sql.Open("sqlite", path)
			if err != nil {
				return nil, err
			}
			err = db.QueryRowContext(ctx, "SELECT leaf FROM journal WHERE event_id = ?", eventID).Scan(&leaf)
			return leaf, errors.Join(err, db.Close())
		},
		TryOpen: func(tb testing.TB) (store.Store, error) {
			tb.Helper()
			return sqlite.Open(tb.Context(), path, options)
		},
		Migrate: func(tb testing.TB, version int64) {
			tb.Helper()
			if err := sqlite.Migrate(tb.Context(), path, time.Minute, version); err != nil {
				tb.Fatal(err)
			}
			for _, seed := range seeds(tb, version) {
				if err := exec(tb.Context(), path, seed); err != nil {
					tb.Fatal(err)
				}
			}
		},
		Exec: func(ctx context.Context, statement string) error { return exec(ctx, path, statement) },
	}
}

func exec(ctx context.Context, path, statement string) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, statement)
	return errors.Join(err, db.Close())
}

// seeds are the statements that fill the tables of the schema's first versions.
func seeds(tb testing.TB, version int64) []string {
	tb.Helper()
	var statements []string
	for step := int64(1); step <= version; step++ {
		statement, err := os.ReadFile(filepath.Join("testdata", "seeds", fmt.Sprintf("%05d.sql", step)))
		if errors.Is(err, os.ErrNotExist) {
			break
		}
		if err != nil {
			tb.Fatal(err)
		}
		statements = append(statements, string(statement))
	}
	return statements
}
