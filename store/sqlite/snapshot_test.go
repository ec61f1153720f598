package sqlite_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/store/sqlite"
)

// adding commits entries, one a commit, until told to stop.
func adding(t *testing.T, s *sqlite.Store, stop <-chan struct{}, each func(n int)) {
	t.Helper()
	for n := 1; ; n++ {
		select {
		case <-stop:
			return
		default:
		}
		entry := store.Entry{ID: fmt.Sprintf("e%d", n), Kind: "admin", Subject: "a.b", Text: []byte(`{"n":1}`)}
		if _, err := s.Commit(t.Context(), store.Change{At: time.UnixMicro(int64(n)), Entries: []store.Entry{entry}}); err != nil {
			t.Error(err)
			return
		}
		each(n)
	}
}

func TestASnapshotUnderWritingHoldsAllThatWasAcknowledgedBefore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.sqlite")
	s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	stop, some := make(chan struct{}), make(chan struct{})
	var writing sync.WaitGroup
	var mutex sync.Mutex
	acknowledged := 0
	writing.Go(func() {
		adding(t, s, stop, func(n int) {
			mutex.Lock()
			acknowledged = n
			mutex.Unlock()
			if n == 20 {
				close(some)
			}
		})
	})
	<-some
	for range 5 {
		mutex.Lock()
		before := acknowledged
		mutex.Unlock()
		target := filepath.Join(t.TempDir(), "snapshot")
		if err := sqlite.Snapshot(t.Context(), path, target); err != nil {
			t.Fatal(err)
		}
		holds, err := sqlite.Inspect(t.Context(), target)
		if err != nil || holds.Head < int64(before) || holds.Subject != "a.b" || holds.Schema != sqlite.Knows() || holds.Fits() != nil {
			t.Errorf("%d were acknowledged and the snapshot holds %+v, %v", before, holds, err)
		}
		if info, err := os.Stat(target); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the snapshot may be read by others: %v, %v", info.Mode(), err)
		}
		if err := sqlite.Snapshot(t.Context(), path, target); err == nil {
			t.Error("a snapshot was overwritten")
		}
	}
	close(stop)
	writing.Wait()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if holds, err := sqlite.Inspect(t.Context(), path); err != nil || holds.Head != int64(acknowledged) {
		t.Errorf("the store itself holds %+v, %v", holds, err)
	}
}

func TestWhatIsNoStoreGivesNoSnapshot(t *testing.T) {
	dir := t.TempDir()
	rubbish := filepath.Join(dir, "rubbish")
	if err := os.WriteFile(rubbish, []byte("not a database, and longer than a header would be, so that it is read as one"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{rubbish, filepath.Join(dir, "missing")} {
		if err := sqlite.Snapshot(t.Context(), path, filepath.Join(dir, "target")); err == nil {
			t.Errorf("there is a snapshot of %s", path)
		}
		if holds, err := sqlite.Inspect(t.Context(), path); err == nil {
			t.Errorf("%s holds %+v", path, holds)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "missing")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("looking made a store: %v", err)
	}
	var tooOld *store.SchemaError
	if err := (sqlite.Contents{Needs: sqlite.Knows() + 1, Release: "9.0.0"}).Fits(); !errors.As(err, &tooOld) {
		t.Errorf("a store of the future fits: %v", err)
	}
}
