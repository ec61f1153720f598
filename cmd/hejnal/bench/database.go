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

// database makes an empty database on the server and returns its URL, and what drops it with everything in it.
func (s Setting) database(ctx context.Context) (location string, drop func() error, err error) {
	at, err := url.Parse(s.Server)
	if err != nil || at.Host == "" {
		return "", nil, errors.New("the server's address is no URL: postgres://user@host:port/database")
	}
	name := "hejnal_bench_" + strings.ToLower(rand.Text())
	if err := s.execute(ctx, "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		return "", nil, err
	}
	at.Path = "/" + name
	return at.String(), func() error {
		return s.execute(context.WithoutCancel(ctx), "DROP DATABASE "+name+" WITH (FORCE)")
	}, nil
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
