package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// newest asks for the last migration there is.
const newest int64 = 1<<63 - 1

// attempts is how often a migration is tried: of processes that migrate at once, one at a time gets a step done, and
// the others find it done when they look again.
const attempts = 100

// migrate brings the schema to the version at least.
func migrate(ctx context.Context, path string, busy time.Duration, version int64) error {
	db, err := sql.Open("sqlite", location(path, busy, false))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	err = up(ctx, db, version)
	for attempt := 1; err != nil && attempt < attempts && ctx.Err() == nil; attempt++ {
		err = up(ctx, db, version)
	}
	return errors.Join(err, db.Close())
}

func up(ctx context.Context, db *sql.DB, version int64) error {
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("find migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, steps, goose.WithDisableGlobalRegistry(true))
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
