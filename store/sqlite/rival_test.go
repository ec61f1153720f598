package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the driver

	"hejnal/store/storetest"
)

// rivals commit each contact in a transaction of its own, in a file of their own that has the store's tables, indexes and
// rows.
func rivals(b *testing.B, location string) ([]storetest.Rival, func() time.Duration) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "rival.sqlite")
	if err := exec(b.Context(), location, "VACUUM INTO '"+path+"'"); err != nil {
		b.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(15000)&_pragma=foreign_keys(1)&_txlock=immediate")
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	hand := byHand{db: db}
	for _, statement := range []struct {
		into *(*sql.Stmt)
		text string
	}{
		{&hand.readCase, "SELECT version, body FROM cases WHERE id = ?"},
		{&hand.readTasks, "SELECT body FROM tasks WHERE proposal_id = ? AND state = 'open' ORDER BY due_on, opened_at, id"},
		{&hand.writeCase, "UPDATE cases SET version = ?, state = ?, stage = ?, updated_at = ?, body = ? WHERE id = ? AND version = ?"},
		{&hand.writeEntry, "INSERT INTO journal (pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf) " +
			"VALUES ((SELECT max(pos) + 1 FROM journal), ?, ?, ?, ?, ?, '', ?, ?, ?)"},
	} {
		if *statement.into, err = db.PrepareContext(b.Context(), statement.text); err != nil {
			b.Fatal(err)
		}
	}
	b.Cleanup(func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	})
	return []storetest.Rival{{Name: "alone", Record: hand.record}}, func() time.Duration { return 0 }
}

type byHand struct {
	db                                         *sql.DB
	readCase, readTasks, writeCase, writeEntry *sql.Stmt
}

func (h byHand) record(ctx context.Context, c storetest.Contact) error {
	tx, err := h.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := h.within(ctx, tx, c); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func (h byHand) within(ctx context.Context, tx *sql.Tx, c storetest.Contact) error {
	var version int64
	var body string
	if err := tx.StmtContext(ctx, h.readCase).QueryRowContext(ctx, c.ID).Scan(&version, &body); err != nil {
		return err
	}
	tasks, err := tx.StmtContext(ctx, h.readTasks).QueryContext(ctx, c.ID)
	if err != nil {
		return err
	}
	for tasks.Next() {
		if err := tasks.Scan(&body); err != nil {
			return errors.Join(err, tasks.Close())
		}
	}
	if err := errors.Join(tasks.Err(), tasks.Close()); err != nil {
		return err
	}
	if _, err := tx.StmtContext(ctx, h.writeCase).ExecContext(ctx, c.Version, c.State, c.Stage, c.At, c.Body, c.ID, c.Expect); err != nil {
		return err
	}
	_, err = tx.StmtContext(ctx, h.writeEntry).ExecContext(ctx, c.At, c.EventID, c.Kind, c.ID, c.Seq, c.Subject, c.Text, c.Leaf)
	return err
}
