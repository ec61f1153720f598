package bench

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// database is one that was made to measure in.
type database struct {
	name, url string
	drop      func() error // with everything in it
}

// database makes a copy of a database of the server, template0 for an empty one. Nobody may be connected to the one that
// is copied.
func (s Setting) database(ctx context.Context, from string) (database, error) {
	at, err := url.Parse(s.Server)
	if err != nil || at.Host == "" {
		return database{}, errors.New("the server's address is no URL: postgres://user@host:port/database")
	}
	name := "hejnal_bench_" + strings.ToLower(rand.Text())
	if err := s.execute(ctx, "CREATE DATABASE "+name+" TEMPLATE "+from); err != nil {
		return database{}, err
	}
	at.Path = "/" + name
	return database{name: name, url: at.String(), drop: func() error {
		return s.execute(context.WithoutCancel(ctx), "DROP DATABASE "+name+" WITH (FORCE)")
	}}, nil
}

// execute runs a statement on the server that is asked for.
func (s Setting) execute(ctx context.Context, statement string) error {
	connection, err := pgx.Connect(ctx, s.Server)
	if err != nil {
		return fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	_, err = connection.Exec(ctx, statement)
	var fault *pgconn.PgError
	if errors.As(err, &fault) && fault.Code == "42501" {
		err = fmt.Errorf("%w: measuring makes databases of its own and drops them; give the user that right by ALTER ROLE … CREATEDB", err)
	}
	return errors.Join(err, connection.Close(ctx))
}
