package sqlite_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"sync"
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
	b.Cleanup(func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	})
	db.SetMaxOpenConns(1)
	hand := &byHand{}
	for statement, text := range map[**sql.Stmt]string{
		&hand.begin:      "BEGIN IMMEDIATE",
		&hand.readCase:   "SELECT version, body FROM cases WHERE id = ?",
		&hand.readTasks:  "SELECT count(*), coalesce(max(body), '') FROM tasks WHERE proposal_id = ? AND state = 'open'",
		&hand.writeCase:  "UPDATE cases SET version = ?, state = ?, stage = ?, updated_at = ?, body = ? WHERE id = ? AND version = ?",
		&hand.writeEntry: writeEntry,
		&hand.commit:     "COMMIT",
	} {
		prepared, err := db.PrepareContext(b.Context(), text)
		if err != nil {
			b.Fatal(err)
		}
		*statement = prepared
		b.Cleanup(func() {
			if err := prepared.Close(); err != nil {
				b.Error(err)
			}
		})
	}
	return []storetest.Rival{{Name: "alone", Record: hand.record}}, func() time.Duration { return 0 }
}

const writeEntry = "INSERT INTO journal (pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf) " +
	"VALUES ((SELECT max(pos) + 1 FROM journal), ?, ?, ?, ?, ?, '', ?, ?, ?)"

// byHand has one connection, and its statements ready.
type byHand struct {
	turn                                                      sync.Mutex
	begin, readCase, readTasks, writeCase, writeEntry, commit *sql.Stmt
}

func (h *byHand) record(ctx context.Context, c storetest.Contact) error {
	h.turn.Lock()
	defer h.turn.Unlock()
	if _, err := h.begin.ExecContext(ctx); err != nil {
		return err
	}
	var version, open int64
	var body string
	if err := h.readCase.QueryRowContext(ctx, c.ID).Scan(&version, &body); err != nil {
		return err
	}
	if err := h.readTasks.QueryRowContext(ctx, c.ID).Scan(&open, &body); err != nil {
		return err
	}
	if _, err := h.writeCase.ExecContext(ctx, c.Version, c.State, c.Stage, c.At, c.Body, c.ID, c.Expect); err != nil {
		return err
	}
	if _, err := h.writeEntry.ExecContext(ctx, c.At, c.EventID, c.Kind, c.ID, c.Seq, c.Subject, c.Text, c.Leaf); err != nil {
		return err
	}
	_, err := h.commit.ExecContext(ctx)
	return err
}
