package storetest

import (
	"bytes"
	"errors"
	"slices"
	"sync"
	"testing"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// observed commits what is accepted and what is refused, and looks at what the observer was told.
func observed(t *testing.T, database Database) {
	var groups []store.Group
	s := database.Observed(t, store.Observer{Group: func(g store.Group) { groups = append(groups, g) }})
	p := proposal("seen")
	change := opening(p)
	change.Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	commit(t, s, change)
	if err := s.Health(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Commit(t.Context(), opening(p)); !errors.Is(err, store.ErrExists) {
		t.Errorf("the same case again: %v", err)
	}
	if err := s.Close(); err != nil { // afterwards nobody writes to groups any more
		t.Fatal(err)
	}
	if len(groups) != 2 {
		t.Fatalf("%d groups of changes, want 2: %+v", len(groups), groups)
	}
	for i, want := range [][]string{{change.Trace}, nil} {
		g := groups[i]
		if g.Changes != 1 || !slices.Equal(g.Traces, want) || g.Failed != nil || g.Begun.IsZero() || g.Took <= 0 {
			t.Errorf("group %d is %+v", i, g)
		}
	}
}

// durable commits changes and looks at what the observer was told of them.
func durable(t *testing.T, database Database) {
	told := map[int64]store.Durable{} // by position of each entry
	s := database.Observed(t, store.Observer{Durable: func(changes []store.Durable) {
		last := int64(0)
		for _, change := range changes {
			if len(change.Entries) == 0 || change.FirstPos <= last {
				t.Errorf("after %d comes %d with %d entries", last, change.FirstPos, len(change.Entries))
			}
			for i := range change.Entries {
				last = change.FirstPos + int64(i)
				told[last] = change
			}
		}
	}})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() { opened(t, s, "durable") })
	}
	group.Wait()
	if _, err := s.Commit(t.Context(), store.Change{At: noon, Cases: []store.CaseWrite{{Expect: 1, Proposal: proposal("nowhere")}}}); !errors.Is(err, store.ErrStale) {
		t.Errorf("a stale change: %v", err)
	}
	records := must[[]store.Record](t)(s.After(t.Context(), 0, 100))
	if err := s.Close(); err != nil { // afterwards nobody writes to what was told any more
		t.Fatal(err)
	}
	if len(records) != len(told) {
		t.Errorf("%d entries in the journal, %d told of", len(records), len(told))
	}
	for _, r := range records {
		change := told[r.Pos]
		if i := r.Pos - change.FirstPos; !change.At.Equal(r.At) || !bytes.Equal(change.Entries[i].Text, r.Text) || change.Entries[i].ID != r.ID {
			t.Errorf("position %d was told as %+v", r.Pos, change)
		}
	}
}

// pools looks at the connections of an idle store.
func pools(t *testing.T, database Database) {
	s := database.Open(t)
	opened(t, s, "seen")
	must[int64](t)(s.Head(t.Context()))
	var names []string
	for _, pool := range s.Pools() {
		names = append(names, pool.Name)
		if pool.Limit < 1 || pool.Busy+pool.Idle < 1 || pool.Busy+pool.Idle > pool.Limit || pool.Waits < 0 || pool.Waited < 0 {
			t.Errorf("the pool is %+v", pool)
		}
	}
	if !slices.Equal(names, []string{"read", "write"}) {
		t.Errorf("the pools are %v", names)
	}
}

// counts counts what waits, and no more of it than is asked for.
func counts(t *testing.T, database Database) {
	s := database.Open(t)
	p := opened(t, s, "counted") // due on 2026-04-01
	closed := task(p, workflow.Lawyer, "2026-03-01")
	closed.State, closed.ClosedAt = "completed", noon
	for _, made := range []workflow.Task{
		task(p, workflow.Lawyer, "2026-03-10"), task(p, workflow.Lawyer, "2026-03-12"), task(p, workflow.Lawyer, ""),
		task(p, workflow.Official, "2026-03-11"), closed,
	} {
		commit(t, s, store.Change{Tasks: []store.TaskWrite{{Do: store.Insert, Task: made}}})
	}
	opened(t, s, "later")
	for _, test := range []struct {
		role   workflow.Role
		before calendar.Date
		limit  int
		want   int
	}{
		{workflow.Lawyer, "", 10, 3},
		{workflow.Lawyer, "", 2, 2},
		{workflow.Lawyer, "2026-03-12", 10, 1},
		{workflow.Official, "2026-03-12", 10, 1},
		{workflow.Secretariat, "", 10, 0},
	} {
		if got := must[int](t)(s.CountTasks(t.Context(), test.role, test.before, test.limit)); got != test.want {
			t.Errorf("%s before %q up to %d: %d, want %d", test.role, test.before, test.limit, got, test.want)
		}
	}
	for before, want := range map[calendar.Date]int{"2026-03-10": 0, "2026-03-11": 1, "2026-04-02": 2} {
		if got := must[int](t)(s.CountOverdueCases(t.Context(), before, 10)); got != want {
			t.Errorf("cases before %s: %d, want %d", before, got, want)
		}
	}
	if got := must[int](t)(s.CountOverdueCases(t.Context(), "2026-04-02", 1)); got != 1 {
		t.Errorf("up to one case: %d", got)
	}
}
