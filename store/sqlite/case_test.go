package sqlite_test

import (
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hejnal/store"
	"hejnal/store/sqlite"
	"hejnal/workflow"
)

// handles are two processes' stores over one file.
func handles(t *testing.T) (here, there *sqlite.Store) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "store.sqlite")
	opened := func() *sqlite.Store {
		s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		return s
	}
	return opened(), opened()
}

func commits(t *testing.T, s *sqlite.Store, change store.Change) {
	t.Helper()
	if _, err := s.Commit(t.Context(), change); err != nil {
		t.Fatal(err)
	}
}

// reads tells that the store has the case with the tasks, and the partner.
func reads(t *testing.T, s *sqlite.Store, want workflow.Proposal, partner store.Partner) {
	t.Helper()
	got, with, err := s.CaseWithPartner(t.Context(), want.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("case (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(partner, with); diff != "" {
		t.Errorf("partner (-want +got):\n%s", diff)
	}
}

func TestWhatAnotherProcessChangesIsReadAtOnce(t *testing.T) {
	here, there := handles(t)
	opened := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	partner := store.Partner{Partner: workflow.Partner{ID: "p", Name: "Oslo", Country: "NO", Kind: "city"}, Fold: "oslo", Version: 1}
	first := workflow.Proposal{ID: "c", Version: 1, Title: "a", Partner: partner.Partner, Record: map[string]any{"when": opened.String()}}
	later := workflow.Task{ID: "a", ProposalID: "c", State: "open", OpenedAt: opened.Add(time.Hour)}
	sooner := workflow.Task{ID: "b", ProposalID: "c", State: "open", OpenedAt: opened}
	commits(t, here, store.Change{
		Cases: []store.CaseWrite{{Proposal: first}}, Partners: []store.PartnerWrite{{Partner: partner}},
		Tasks: []store.TaskWrite{{Do: store.Insert, Task: later}, {Do: store.Insert, Task: sooner}},
	})
	first.Tasks = []workflow.Task{sooner, later}
	reads(t, here, first, partner)

	sooner.Assignee = "anna"
	commits(t, there, store.Change{Tasks: []store.TaskWrite{{Do: store.Assign, Task: sooner}}})
	first.Tasks = []workflow.Task{sooner, later}
	reads(t, here, first, partner)

	second := first
	second.Version, second.Title = 2, "b"
	closed := later
	closed.State, closed.ClosedAt = "completed", opened.Add(2*time.Hour)
	commits(t, there, store.Change{
		Cases: []store.CaseWrite{{Expect: 1, Proposal: second, Before: &first}}, Tasks: []store.TaskWrite{{Do: store.Close, Task: closed}},
	})
	second.Tasks = []workflow.Task{sooner}
	reads(t, here, second, partner)
	reads(t, there, second, partner)

	partner.Name, partner.Version = "Kristiania", 2
	commits(t, there, store.Change{Partners: []store.PartnerWrite{{Expect: 1, Partner: partner}}})
	reads(t, here, second, partner)
}

func TestCasesThatAreAskedForTogetherAreToldApart(t *testing.T) {
	here, _ := handles(t)
	ids := []string{"a", "b", "c", `quoted "d"`, "none"}
	for _, id := range ids[:4] {
		commits(t, here, store.Change{Cases: []store.CaseWrite{{Proposal: workflow.Proposal{ID: id, Version: 1, Record: map[string]any{"n": 1}}}}})
	}
	var asking sync.WaitGroup
	for n := range 40 {
		asking.Go(func() {
			id := ids[n%len(ids)]
			got, err := here.Case(t.Context(), id)
			if id == "none" {
				if !errors.Is(err, store.ErrNotFound) {
					t.Errorf("none is %v, %v", got, err)
				}
				return
			}
			if err != nil || got.ID != id || got.Record["n"] != float64(1) {
				t.Errorf("%s is %v, %v", id, got, err)
			}
		})
	}
	asking.Wait()
}
