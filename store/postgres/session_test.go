package postgres_test

import (
	"fmt"
	"testing"
	"time"

	"hejnal/store"
)

// endOthers ends every session of the database but its own.
const endOthers = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

func entry(n int) store.Change {
	return store.Change{At: time.UnixMicro(int64(n)).UTC(), Entries: []store.Entry{{ID: fmt.Sprint("e", n), Kind: "admin", Subject: "s", Text: []byte("{}")}}}
}

func TestAcknowledgedChangesOutliveEndedSessions(t *testing.T) {
	made := database(t)
	s := made.Open(t)
	acknowledged := map[int]int64{}
	for n := range 60 {
		if n%10 == 5 {
			if err := made.Exec(t.Context(), endOthers); err != nil {
				t.Fatal(err)
			}
		}
		if done, err := s.Commit(t.Context(), entry(n)); err == nil {
			acknowledged[n] = done.FirstPos
		}
	}
	if len(acknowledged) < 40 {
		t.Errorf("only %d of 60 changes were committed", len(acknowledged))
	}
	for n, pos := range acknowledged {
		if record, err := s.Entry(t.Context(), fmt.Sprint("e", n)); err != nil || record.Pos != pos {
			t.Errorf("change %d was acknowledged at %d: %d, %v", n, pos, record.Pos, err)
		}
	}
	records, err := s.After(t.Context(), 0, 100)
	for i, record := range records {
		if record.Pos != int64(i+1) {
			t.Errorf("position %d stands at place %d", record.Pos, i+1)
		}
	}
	if err != nil || len(records) < len(acknowledged) {
		t.Errorf("%d entries, %v", len(records), err)
	}
}

func TestOtherProcessesAreTold(t *testing.T) {
	made := database(t)
	writer, reader := made.Open(t), made.Open(t)
	for n := range 3 {
		if _, err := writer.Commit(t.Context(), entry(n)); err != nil {
			t.Fatal(err)
		}
		for head := int64(0); head < int64(n+1); {
			select {
			case <-reader.Committed():
			case <-t.Context().Done():
				t.Fatal("the other process was not told")
			}
			var err error
			if head, err = reader.Head(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestTakingOverALeaseEndsTheHoldersSession(t *testing.T) {
	made := database(t)
	old, other := made.Open(t), made.Open(t)
	if took, err := old.Acquire(t.Context(), "relay", "old", time.Microsecond); err != nil || !took {
		t.Fatalf("got %v, %v", took, err)
	}
	const held = "DO $$ BEGIN IF NOT EXISTS (SELECT FROM leases JOIN pg_stat_activity USING (pid) WHERE backend_start = started) THEN RAISE 'no session'; END IF; END $$"
	if err := made.Exec(t.Context(), held); err != nil {
		t.Fatalf("the holder's session: %v", err)
	}
	if err := made.Exec(t.Context(), "CREATE TABLE holder AS SELECT pid, started FROM leases"); err != nil {
		t.Fatal(err)
	}
	if took, err := other.Acquire(t.Context(), "relay", "other", time.Hour); err != nil || !took {
		t.Fatalf("got %v, %v", took, err)
	}
	const ended = "DO $$ BEGIN FOR i IN 1..1000 LOOP IF NOT EXISTS (SELECT FROM holder JOIN pg_stat_activity USING (pid) WHERE backend_start = started) " +
		"THEN RETURN; END IF; PERFORM pg_sleep(0.01), pg_stat_clear_snapshot(); END LOOP; RAISE 'still there'; END $$"
	if err := made.Exec(t.Context(), ended); err != nil {
		t.Errorf("the old holder's session: %v", err)
	}
	if took, err := old.Acquire(t.Context(), "relay", "old", time.Hour); err != nil || took {
		t.Errorf("the old holder was told %v, %v", took, err)
	}
}
