package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"hejnal/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

// newest asks for the last migration there is.
const newest int64 = 1<<63 - 1

// migrate brings the schema to the version at least.
func migrate(ctx context.Context, url string, version int64) error {
	config, err := way(url)
	if err != nil {
		return err
	}
	db := stdlib.OpenDB(*config)
	return errors.Join(up(ctx, db, version), db.Close())
}

func up(ctx context.Context, db *sql.DB, version int64) error {
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("find migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, steps,
		goose.WithDisableGlobalRegistry(true), goose.WithSessionLocker(oneAtATime{}), goose.WithGoMigrations(rewording()))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if err := fits(ctx, db, lastOf(provider)); err != nil {
		return err
	}
	err = climb(ctx, provider, version)
	for attempt := 1; attempt < attempts && isDeadlock(err); attempt++ {
		err = climb(ctx, provider, version)
	}
	if err != nil {
		return fmt.Errorf("migrate the schema: %w", err)
	}
	return nil
}

// attempts is how often a migration is tried that got in the way of what other processes write meanwhile.
const attempts = 10

func climb(ctx context.Context, provider *goose.Provider, version int64) error {
	var err error
	if version == newest {
		_, err = provider.Up(ctx)
	} else {
		_, err = provider.UpTo(ctx, version)
	}
	return err
}

// isDeadlock tells that the database ended a migration, all of it, in favour of another transaction.
func isDeadlock(err error) bool {
	var fault *pgconn.PgError
	return errors.As(err, &fault) && fault.Code == "40P01"
}

// lastOf is the newest version that this program knows.
func lastOf(provider *goose.Provider) int64 {
	sources := provider.ListSources()
	return sources[len(sources)-1].Version
}

// fits refuses a schema that needs a newer program.
func fits(ctx context.Context, db *sql.DB, knows int64) error {
	var table bool
	if err := db.QueryRowContext(ctx, "SELECT to_regclass('schema_needs') IS NOT NULL").Scan(&table); err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	if !table {
		return nil
	}
	needs := store.SchemaError{Knows: knows}
	if err := db.QueryRowContext(ctx, "SELECT version, release FROM schema_needs").Scan(&needs.Needs, &needs.Release); err != nil {
		return fmt.Errorf("read what the schema needs: %w", err)
	}
	if needs.Needs > knows {
		return &needs
	}
	return nil
}

// oneAtATime makes processes that open one database at once migrate it one after another.
type oneAtATime struct{}

// lockNumber is the advisory lock of migrations: "hejnal" in ASCII.
const lockNumber = 0x68656a6e616c

// SessionLock waits for the lock.
func (oneAtATime) SessionLock(ctx context.Context, connection *sql.Conn) error {
	_, err := connection.ExecContext(ctx, "SELECT pg_advisory_lock($1)", lockNumber)
	return err
}

// SessionUnlock gives the lock back.
func (oneAtATime) SessionUnlock(ctx context.Context, connection *sql.Conn) error {
	_, err := connection.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", lockNumber)
	return err
}
