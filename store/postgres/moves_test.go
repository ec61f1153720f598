package postgres_test

import (
	"fmt"
	"testing"

	"hejnal/store"
	"hejnal/workflow"
)

// called waits until the statistics tell so many calls of commit_moves and of commit_group; a session tells when it ends.
const called = `DO $$ BEGIN FOR i IN 1..1000 LOOP
	IF (SELECT coalesce(sum(calls) FILTER (WHERE funcname = 'commit_moves'), 0) = %d
		AND coalesce(sum(calls) FILTER (WHERE funcname = 'commit_group'), 0) = %d FROM pg_stat_user_functions) THEN RETURN; END IF;
	PERFORM pg_sleep(0.01), pg_stat_clear_snapshot(); END LOOP;
	RAISE 'calls: %%', (SELECT string_agg(funcname || ' ' || calls, ', ') FROM pg_stat_user_functions); END $$`

func TestWhatMovesGoesTheShortWay(t *testing.T) {
	made := database(t)
	if err := made.Exec(t.Context(), "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET track_functions = pl', current_database()); END $$"); err != nil {
		t.Fatal(err)
	}
	p := workflow.Proposal{ID: "p", Title: "t", Version: 1}
	moved, renamed := p, p
	moved.Version, moved.State = 2, "next"
	renamed.Version, renamed.Title = 3, "other"
	task := workflow.Task{ID: "t", ProposalID: "p", State: "open"}
	hold := store.HoldWrite{Scope: "s", Label: "l", ProposalID: "p"}
	release := hold
	release.Release = true
	short, long := 0, 0
	for _, change := range []struct {
		change  store.Change
		isShort bool
	}{
		{store.Change{Cases: []store.CaseWrite{{Proposal: p}}}, true},
		{store.Change{Cases: []store.CaseWrite{{Expect: 1, Proposal: moved, Before: &p}}}, true},
		{store.Change{Cases: []store.CaseWrite{{Expect: 2, Proposal: renamed, Before: &moved}}}, false},
		{store.Change{Tasks: []store.TaskWrite{{Do: store.Insert, Task: task}}}, false},
		{store.Change{Holds: []store.HoldWrite{hold, release}}, false},
		{store.Change{Holds: []store.HoldWrite{hold}}, true},
		{store.Change{People: []store.PersonWrite{{Person: store.Person{ID: "u", Name: "u"}}}}, false},
		{entry(1), true},
	} {
		if change.isShort {
			short++
		} else {
			long++
		}
		s := made.Open(t)
		if _, err := s.Commit(t.Context(), change.change); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := made.Exec(t.Context(), fmt.Sprintf(called, short, long)); err != nil {
			t.Errorf("%+v: want %d short and %d long: %v", change.change, short, long, err)
		}
	}
}
