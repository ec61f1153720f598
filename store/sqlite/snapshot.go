package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	"hejnal/store"
)

// Contents is what a store in a file holds, without opening it for work.
type Contents struct {
	Schema           int64  // version of the schema
	Needs            int64  // version that a program must know to use it
	Release          string // first release that does
	Head, PublicHead int64  // last positions
	Subject          string // of the first entry, empty when there is none
}

// Snapshot writes the store at path, as it is at one moment, into a file at target, which must be empty or not there, and
// makes it durable. Processes that have the store open go on writing. On an error an unfinished target may be left.
func Snapshot(ctx context.Context, path, target string) error {
	file, err := os.OpenFile(target, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("make snapshot: %w", err)
	}
	err = withReader(path, func(db *sql.DB) error {
		_, err := db.ExecContext(ctx, "VACUUM INTO ?", target)
		return err
	})
	if err == nil {
		err = file.Sync()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("make snapshot of %s: %w", path, err)
	}
	return nil
}

// Inspect tells what the store at path holds. It changes nothing and does not migrate.
func Inspect(ctx context.Context, path string) (Contents, error) {
	c := Contents{}
	err := withReader(path, func(db *sql.DB) error {
		if err := db.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&c.Schema); err != nil {
			return err
		}
		needs, err := needed(ctx, db)
		if err != nil {
			return err
		}
		c.Needs, c.Release = needs.Needs, needs.Release
		return db.QueryRowContext(ctx, "SELECT coalesce(max(pos), 0), coalesce(max(public_pos), 0), coalesce((SELECT subject FROM journal WHERE pos = 1), '') FROM journal").
			Scan(&c.Head, &c.PublicHead, &c.Subject)
	})
	if err != nil {
		return Contents{}, fmt.Errorf("look into store %s: %w", path, err)
	}
	return c, nil
}

// Files lists the SHA-256 of every document that the store at path names, in order, each once.
func Files(ctx context.Context, path string) ([]string, error) {
	var hashes []string
	err := withReader(path, func(db *sql.DB) error {
		rows, err := db.QueryContext(ctx, "SELECT DISTINCT sha256 FROM documents ORDER BY sha256")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var hash string
			if err := rows.Scan(&hash); err != nil {
				return err
			}
			hashes = append(hashes, hash)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("list files of store %s: %w", path, err)
	}
	return hashes, nil
}

// Knows is the newest version of the schema that this program knows.
func Knows() int64 {
	steps, err := migrations.ReadDir("migrations")
	if err != nil || len(steps) == 0 {
		panic("the migrations are not in the program")
	}
	var version int64
	if _, err := fmt.Sscanf(steps[len(steps)-1].Name(), "%05d_", &version); err != nil {
		panic(err)
	}
	return version
}

// Fits answers a [store.SchemaError] when this program is too old for what the store holds.
func (c Contents) Fits() error {
	if c.Needs > Knows() {
		return &store.SchemaError{Needs: c.Needs, Knows: Knows(), Release: c.Release}
	}
	return nil
}

// withReader opens the file as it is: it makes none, and does not turn its journal mode over.
func withReader(path string, read func(*sql.DB) error) error {
	query := url.Values{"mode": {"rw"}, "_pragma": {fmt.Sprintf("busy_timeout(%d)", time.Minute.Milliseconds())}}
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", file.String())
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	return errors.Join(read(db), db.Close())
}
