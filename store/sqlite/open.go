// Package sqlite is the store in one file, for one machine. Several processes may have it open and write to it.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	_ "modernc.org/sqlite" // the driver

	"hejnal/store"
	"hejnal/store/internal/coalesce"
	"hejnal/store/internal/gate"
	"hejnal/store/internal/listing"
	"hejnal/store/sqlite/internal/sqlitedb"
)

const (
	groupSize   = 256              // changes that share a commit at most
	readers     = 8                // reads that run at once
	busyTimeout = 15 * time.Second // how long a write waits for other processes before it asks again, four times in all
)

// Options tune a store; the zero value is what an installation uses.
type Options struct {
	// Observer is told of commit groups.
	Observer store.Observer

	effort listing.Effort // of searches
}

func (o Options) withDefaults() Options {
	o.effort = o.effort.WithDefaults()
	return o
}

// Store is a store in a file.
type Store struct {
	gate      gate.Gate
	writing   *sql.DB
	reading   *sql.DB
	writer    *writer
	queue     *coalesce.Queue[*job]
	read      *sqlitedb.Queries
	lookups   *lookups
	committed chan struct{}
	listing.Lists
}

var _ store.Store = (*Store)(nil)

// Open opens the store in the file at path, makes it if there is none, and brings its schema up to date.
func Open(ctx context.Context, path string, options Options) (*Store, error) {
	options = options.withDefaults()
	keepPrivate(path)
	if err := migrate(ctx, path, busyTimeout, newest); err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	s := &Store{committed: make(chan struct{}, 1)}
	s.Lists = listing.Lists{Dialect: listing.SQLite, Effort: options.effort, Ask: s.query}
	if err := s.connect(ctx, path, options); err != nil {
		return nil, errors.Join(fmt.Errorf("open store %s: %w", path, err), s.disconnect())
	}
	s.queue = coalesce.Start(groupSize, coalesce.Observed(options.Observer, traceOf, s.writer.commit))
	return s, nil
}

// keepPrivate makes a file that is not there yet, readable by its owner alone whatever the umask and the directory are like:
// it holds personal data, and the hashes of passwords. The files beside it take after it. What cannot be made SQLite tells.
func keepPrivate(path string) {
	if file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err == nil {
		file.Close() //nolint:errcheck // nothing was written
	}
}

func (s *Store) connect(ctx context.Context, path string, options Options) error {
	var err error
	if s.writing, err = sql.Open("sqlite", location(path, busyTimeout, false)); err != nil {
		return err
	}
	s.writing.SetMaxOpenConns(1)
	if s.writer, err = newWriter(ctx, s.writing, s.signal, options.Observer); err != nil {
		return err
	}
	if s.reading, err = sql.Open("sqlite", location(path, busyTimeout, true)); err != nil {
		return err
	}
	s.reading.SetMaxOpenConns(readers + 1)
	s.reading.SetMaxIdleConns(readers + 1)
	if s.lookups, err = startLookups(ctx, s.reading); err != nil {
		return err
	}
	s.read, err = sqlitedb.Prepare(ctx, s.reading)
	return err
}

// Committed is signalled after each commit by this process that has entries.
func (s *Store) Committed() <-chan struct{} { return s.committed }

// Close waits for running calls and closes the file.
func (s *Store) Close() error {
	if !s.gate.Close() {
		return nil
	}
	s.queue.Close()
	return s.disconnect()
}

func (s *Store) disconnect() error {
	var ended []error
	if s.lookups != nil {
		ended = append(ended, s.lookups.close())
	}
	if s.read != nil {
		ended = append(ended, s.read.Close())
	}
	if s.reading != nil {
		ended = append(ended, s.reading.Close())
	}
	if s.writer != nil {
		ended = append(ended, s.writer.close())
	}
	if s.writing != nil {
		ended = append(ended, s.writing.Close())
	}
	if err := errors.Join(ended...); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}

// The writer copies pages from the log into the file when the log has grown to so many, of 4 KiB: a page that many commits
// changed meanwhile is copied once. It keeps so many KiB of pages, because what it reads again costs it more than others.
const (
	checkpointPages = 4096
	writerCache     = 16384
)

// location is the data source name of the file.
func location(path string, busy time.Duration, readOnly bool) string {
	query := url.Values{"_pragma": {
		fmt.Sprintf("busy_timeout(%d)", busy.Milliseconds()),
		"foreign_keys(1)",
		"synchronous(FULL)",
	}}
	if readOnly {
		query.Set("mode", "ro")
		query.Add("_pragma", "query_only(1)")
	} else {
		query.Set("_txlock", "immediate")
		query.Add("_pragma", "journal_mode(WAL)")
		query.Add("_pragma", fmt.Sprintf("wal_autocheckpoint(%d)", checkpointPages))
		query.Add("_pragma", fmt.Sprintf("cache_size(%d)", -writerCache))
		// What a statement must be able to take back is kept in memory, not written to a file beside for every statement.
		query.Add("_pragma", "temp_store(MEMORY)")
	}
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: query.Encode()}
	return file.String()
}
