package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"

	"hejnal/store"
	"hejnal/store/postgres"
	"hejnal/store/storetest"
	"hejnal/tools/pgtest"
)

func TestMain(m *testing.M) {
	storetest.Child(func(ctx context.Context, url string) (store.Store, error) {
		return postgres.Open(ctx, url, postgres.Options{})
	})
	goleak.VerifyTestMain(m)
}

func TestPostgresKeepsTheContract(t *testing.T) {
	storetest.Run(t, database)
}

func TestListsAreTheSameHoweverTheyAreFound(t *testing.T) {
	if testing.Short() {
		t.Skip("the lists have been checked once already")
	}
	for name, options := range postgres.Efforts() {
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
	return databaseWith(tb, postgres.Options{})
}

func databaseWith(tb testing.TB, options postgres.Options) storetest.Database {
	tb.Helper()
	url := pgtest.Database(tb)
	observed := func(tb testing.TB, observer store.Observer) store.Store {
		tb.Helper()
		options := options
		options.Observer = observer
		s, err := postgres.Open(tb.Context(), url, options)
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
		Location: url,
		Open: func(tb testing.TB) store.Store {
			tb.Helper()
			return observed(tb, store.Observer{})
		},
		Observed: observed,
		TryOpen: func(tb testing.TB) (store.Store, error) {
			tb.Helper()
			return postgres.Open(tb.Context(), url, options)
		},
		Migrate: func(tb testing.TB, version int64) {
			tb.Helper()
			if err := postgres.Migrate(tb.Context(), url, version); err != nil {
				tb.Fatal(err)
			}
			for _, seed := range seeds(tb, version) {
				if err := exec(tb.Context(), url, seed); err != nil {
					tb.Fatal(err)
				}
			}
		},
		Exec: func(ctx context.Context, statement string) error { return exec(ctx, url, statement) },
		Leaf: func(ctx context.Context, eventID string) (leaf []byte, err error) {
			err = direct(ctx, url, func(connection *pgx.Conn) error {
				return connection.QueryRow(ctx, "SELECT leaf FROM journal WHERE event_id = $1", eventID).Scan(&leaf)
			})
			return leaf, err
		},
	}
}

// direct reaches the database past the store.
func direct(ctx context.Context, url string, do func(*pgx.Conn) error) error {
	connection, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	return errors.Join(do(connection), connection.Close(ctx))
}

func exec(ctx context.Context, url, statement string) error {
	return direct(ctx, url, func(connection *pgx.Conn) error {
		_, err := connection.Exec(ctx, statement)
		return err
	})
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
