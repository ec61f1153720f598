package sqlite_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	"hejnal/store"
	"hejnal/store/sqlite"
)

func TestAFileThatMayNotGrowIsToldFromADefect(t *testing.T) {
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "small.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	for _, statement := range []string{"PRAGMA max_page_count = 3", "CREATE TABLE t (b BLOB NOT NULL)"} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	_, err = db.ExecContext(t.Context(), "INSERT INTO t VALUES (zeroblob(100000))")
	if !errors.Is(sqlite.Full(err), store.ErrFull) {
		t.Errorf("a full file answers %v", err)
	}
	if _, err = db.ExecContext(t.Context(), "INSERT INTO t VALUES (NULL)"); err == nil || errors.Is(sqlite.Full(err), store.ErrFull) {
		t.Errorf("a refused value answers %v", err)
	}
	if sqlite.Full(nil) != nil {
		t.Error("no error is one")
	}
}
