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

	"hejnal/store"
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
	if err := teachWords(); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", location(path, busy, false))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	err = up(ctx, db, version)
	for attempt := 1; err != nil && !permanent(err) && attempt < attempts && ctx.Err() == nil; attempt++ {
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
	if err := fits(ctx, db, lastOf(provider)); err != nil {
		return err
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

// permanent tells the errors that another attempt would only repeat.
func permanent(err error) bool {
	var tooOld *store.SchemaError
	return errors.As(err, &tooOld) || isUnreadable(err)
}

// lastOf is the newest version that this program knows.
func lastOf(provider *goose.Provider) int64 {
	sources := provider.ListSources()
	return sources[len(sources)-1].Version
}

// fits refuses a schema that needs a newer program.
func fits(ctx context.Context, db *sql.DB, knows int64) error {
	needs, err := needed(ctx, db)
	if err == nil && needs.Needs > knows {
		needs.Knows = knows
		return &needs
	}
	return err
}

// needed reads what the schema asks of a program; the first versions of it say nothing.
func needed(ctx context.Context, db *sql.DB) (needs store.SchemaError, err error) {
	var tables int
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_needs'").Scan(&tables)
	if err == nil && tables > 0 {
		err = db.QueryRowContext(ctx, "SELECT version, release FROM schema_needs").Scan(&needs.Needs, &needs.Release)
	}
	if err != nil {
		return needs, fmt.Errorf("read the schema: %w", err)
	}
	return needs, nil
}
