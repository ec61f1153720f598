package postgres_test

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"

	"hejnal/store"
	"hejnal/store/postgres"
	"hejnal/store/storetest"
	"hejnal/tools/pgtest"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

func TestPostgresKeepsTheContract(t *testing.T) {
	storetest.Run(t, database)
}

func database(tb testing.TB) storetest.Database {
	url := pgtest.Database(tb)
	return storetest.Database{
		Location: url,
		Open: func(tb testing.TB) store.Store {
			tb.Helper()
			s, err := postgres.Open(tb.Context(), url, postgres.Options{})
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
		Exec: func(ctx context.Context, statement string) error {
			return direct(ctx, url, func(connection *pgx.Conn) error {
				_, err := connection.Exec(ctx, statement)
				return err
			})
		},
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
