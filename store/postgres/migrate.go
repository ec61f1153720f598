package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver, for migrations alone
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// newest asks for the last migration there is.
const newest int64 = 1<<63 - 1

// migrate brings the schema to the version at least.
func migrate(ctx context.Context, url string, version int64) error {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return fmt.Errorf("read the database's URL: %w", err)
	}
	return errors.Join(up(ctx, db, version), db.Close())
}

func up(ctx context.Context, db *sql.DB, version int64) error {
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("find migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, steps,
		goose.WithDisableGlobalRegistry(true), goose.WithSessionLocker(oneAtATime{}))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if version == newest {
		_, err = provider.Up(ctx)
	} else {
		_, err = provider.UpTo(ctx, version)
	}
	if err != nil {
		return fmt.Errorf("migrate the schema: %w", err)
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
