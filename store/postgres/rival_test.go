package postgres_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"hejnal/store/storetest"
)

// The rivals have tables of their own, with the store's columns, indexes and rows.
const rivalTables = `
CREATE SCHEMA rival;
CREATE TABLE rival.cases (LIKE public.cases INCLUDING ALL);
CREATE TABLE rival.journal (LIKE public.journal INCLUDING ALL);
CREATE TABLE rival.tasks (LIKE public.tasks INCLUDING ALL);
CREATE TABLE rival.counter AS SELECT * FROM public.counter;
ALTER TABLE rival.counter SET (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
INSERT INTO rival.cases SELECT * FROM public.cases;
INSERT INTO rival.journal SELECT * FROM public.journal;
CREATE SEQUENCE rival.positions START 1000000000`

// What a rival reads and writes.
const (
	readCase   = "SELECT version, body FROM cases WHERE id = $1 FOR UPDATE"
	readTasks  = "SELECT body FROM tasks WHERE proposal_id = $1 AND state = 'open' ORDER BY due_on, opened_at, id"
	writeCase  = "UPDATE cases SET version = $3, state = $4, stage = $5, updated_at = $6, body = $7 WHERE id = $1 AND version = $2"
	writeEntry = "INSERT INTO journal (pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf) "
	// One draws positions from a sequence, which leaves gaps and does not follow the order of commits.
	freeEntry = writeEntry + "VALUES (nextval('positions'), $1, $2, $3, $4, $5, '', $6, $7, $8)"
	// The other takes them from the counter, as the store does.
	countedEntry = "WITH n AS (UPDATE counter SET pos = pos + 1 RETURNING pos) " + writeEntry + "SELECT pos, $1, $2, $3, $4, $5, '', $6, $7, $8 FROM n"

	freeAtOnce = "WITH held AS (" + readCase + "), open AS (" + readTasks + "), moved AS (" + writeCase + " RETURNING id), entered AS (" +
		writeEntry + "SELECT nextval('positions'), $8, $9, $10, id, $11, '', $12, $13, $14 FROM moved RETURNING pos) " + answered
	countedAtOnce = "WITH held AS (" + readCase + "), open AS (" + readTasks + "), moved AS (" + writeCase + " RETURNING id), n AS (" +
		"UPDATE counter SET pos = counter.pos + 1 FROM moved RETURNING counter.pos, moved.id), entered AS (" +
		writeEntry + "SELECT pos, $8, $9, $10, id, $11, '', $12, $13, $14 FROM n RETURNING pos) " + answered
	answered = "SELECT (SELECT body FROM held), (SELECT count(*) FROM open), (SELECT pos FROM entered)"
)

// rivals are the ways to record a contact without the store, each with as many connections as 64 clients need.
func rivals(b *testing.B, location string) ([]storetest.Rival, func() time.Duration) {
	b.Helper()
	if err := exec(b.Context(), location, rivalTables); err != nil {
		b.Fatal(err)
	}
	config, err := pgxpool.ParseConfig(location)
	if err != nil {
		b.Fatal(err)
	}
	config.MaxConns = 64
	config.ConnConfig.RuntimeParams["search_path"] = "rival"
	pool, err := pgxpool.NewWithConfig(b.Context(), config)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(pool.Close)
	return []storetest.Rival{
		{Name: "six", Record: func(ctx context.Context, c storetest.Contact) error { return sixTrips(ctx, pool, freeEntry, c) }},
		{Name: "six-counted", Record: func(ctx context.Context, c storetest.Contact) error { return sixTrips(ctx, pool, countedEntry, c) }},
		{Name: "one", Record: func(ctx context.Context, c storetest.Contact) error { return oneTrip(ctx, pool, freeAtOnce, c) }},
		{Name: "one-counted", Record: func(ctx context.Context, c storetest.Contact) error { return oneTrip(ctx, pool, countedAtOnce, c) }},
	}, func() time.Duration { return serverTime(b, pool) }
}

// serverTime is the processor time that the server's processes have used, where it runs on this machine.
func serverTime(b *testing.B, pool *pgxpool.Pool) time.Duration {
	b.Helper()
	rows, err := pool.Query(b.Context(), "SELECT pid FROM pg_stat_activity")
	if err != nil {
		b.Fatal(err)
	}
	pids, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		b.Fatal(err)
	}
	var total time.Duration
	for _, pid := range pids {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/schedstat", pid))
		if err != nil {
			continue
		}
		var used time.Duration
		if _, err := fmt.Sscan(string(text), &used); err != nil {
			b.Fatal(err)
		}
		total += used
	}
	return total
}

// sixTrips is the transaction that one writes by hand: BEGIN, two reads, two writes, COMMIT.
func sixTrips(ctx context.Context, pool *pgxpool.Pool, writeEntry string, c storetest.Contact) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		var version int64
		var body string
		if err := tx.QueryRow(ctx, readCase, c.ID).Scan(&version, &body); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, readTasks, c.ID)
		if err != nil {
			return err
		}
		if _, err := pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, writeCase, c.ID, c.Expect, c.Version, c.State, c.Stage, c.At, c.Body); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, writeEntry, c.At, c.EventID, c.Kind, c.ID, c.Seq, c.Subject, c.Text, c.Leaf)
		return err
	})
}

// oneTrip reads and writes the same by one statement.
func oneTrip(ctx context.Context, pool *pgxpool.Pool, statement string, c storetest.Contact) error {
	var body string
	var open, pos int64
	return pool.QueryRow(ctx, statement, c.ID, c.Expect, c.Version, c.State, c.Stage, c.At, c.Body,
		c.At, c.EventID, c.Kind, c.Seq, c.Subject, c.Text, c.Leaf).Scan(&body, &open, &pos)
}
