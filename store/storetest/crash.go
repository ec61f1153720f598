package storetest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"hejnal/store"
	"hejnal/workflow"
)

// childVariable holds the location of the database in which this program, run as a child, commits until it is killed.
const childVariable = "HEJNAL_STORE_TEST_CHILD"

// Child is to be called by TestMain before anything else. In a child process it opens the database and commits until the
// process is killed; elsewhere it does nothing.
func Child(open func(ctx context.Context, location string) (store.Store, error)) {
	location := os.Getenv(childVariable)
	if location == "" {
		return
	}
	s, err := open(context.Background(), location)
	if err == nil {
		err = commitForever(context.Background(), s)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// commitForever commits from eight goroutines and prints the case and the first position of each change that was
// acknowledged.
func commitForever(ctx context.Context, s store.Writer) error {
	var acts []func() error
	for range 8 {
		acts = append(acts, func() error {
			for {
				p := proposal("crash")
				change := keyed(p.ID, "h")
				change.Cases[0].Proposal, change.Entries[0] = p, transition(p)
				change.Entries = append(change.Entries, store.Entry{ID: newID(), Kind: "task", ProposalID: p.ID, Cause: change.Entries[0].ID, Text: []byte("{}")})
				change.Tasks = []store.TaskWrite{{Do: store.Insert, Task: task(p, workflow.Lawyer, "")}}
				done, err := s.Commit(ctx, change)
				if err != nil {
					return err
				}
				fmt.Println(p.ID, done.FirstPos)
			}
		})
	}
	return errors.Join(together(acts...)...)
}

// crash kills a process in the middle of its commits, three times over.
func crash(t *testing.T, database Database) {
	acknowledged := map[string]int64{}
	for range 3 {
		killAfter(t, database.Location, 40, acknowledged)
		s := database.Open(t)
		whole := wholeChanges(t, s)
		for id, first := range acknowledged {
			if whole[id] != first {
				t.Errorf("case %s was acknowledged at %d and stands at %d", id, first, whole[id])
			}
		}
		commit(t, s, store.Change{Entries: []store.Entry{admin(1)}})
	}
}

// killAfter runs a child, kills it after it had so many changes acknowledged, and notes all of them.
func killAfter(t *testing.T, location string, count int, acknowledged map[string]int64) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childVariable+"="+location)
	child.Stderr = os.Stderr
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(output)
	for seen := 0; lines.Scan(); {
		var id string
		var first int64
		if _, err := fmt.Sscan(lines.Text(), &id, &first); err == nil && strings.HasSuffix(lines.Text(), fmt.Sprint(" ", first)) {
			acknowledged[id] = first
		}
		if seen++; seen == count {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); err == nil || child.ProcessState.Exited() {
		t.Fatalf("the child ended by itself: %v", err)
	}
}

// wholeChanges reads the journal, finds fault with a gap and with a change that is not there whole, and tells at which
// position each case's change begins.
func wholeChanges(t *testing.T, s store.Store) map[string]int64 {
	t.Helper()
	first := map[string]int64{}
	var before store.Record
	for _, record := range must[[]store.Record](t)(s.After(t.Context(), 0, 10_000)) {
		if record.Pos != before.Pos+1 {
			t.Errorf("position %d follows %d", record.Pos, before.Pos)
		}
		switch record.Kind {
		case "transition":
			first[record.ProposalID] = record.Pos
			p, err := s.Case(t.Context(), record.ProposalID)
			if err != nil || len(p.Tasks) != 1 {
				t.Errorf("case %s with %d tasks: %v", record.ProposalID, len(p.Tasks), err)
			}
			answer, err := s.Answered(t.Context(), "u", "POST", "/p", p.ID)
			if err != nil || answer.FirstPos != record.Pos {
				t.Errorf("the answer for %s stands at %d: %v", p.ID, answer.FirstPos, err)
			}
		case "task":
			if before.ID != record.Cause {
				t.Errorf("the task at %d does not follow its cause", record.Pos)
			}
		}
		before = record
	}
	if before.Kind == "transition" {
		t.Errorf("the last change lacks its second entry")
	}
	return first
}
