package storetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// seenByOthers does to a case everything that can be done, in turns by two processes. Whoever did it, both read the same
// right afterwards, and it is what was done.
func seenByOthers(t *testing.T, database Database) {
	a, b := database.Open(t), database.Open(t)
	city := partner("Kyoto", "JP")
	want := proposal("shared")
	want.Partner, want.Record = city.Partner, map[string]any{"votes": 21.0, "public": true, "resolution": "XII/345/26"}
	opened := opening(want)
	opened.Partners = []store.PartnerWrite{{Partner: city}}
	commit(t, a, opened)
	seen := func(what string) {
		t.Helper()
		for range 2 {
			for name, s := range map[string]store.Store{"one": a, "the other": b} {
				same(t, what+", the case read by "+name, want, must[workflow.Proposal](t)(s.Case(t.Context(), want.ID)))
				read, register, err := s.CaseWithPartner(t.Context(), want.ID)
				if err != nil {
					t.Fatal(err)
				}
				same(t, what+", the case with its partner read by "+name, want, read)
				same(t, what+", the partner read by "+name, city, register)
			}
		}
	}
	seen("opened")
	first, second := task(want, workflow.Lawyer, "2026-03-10"), task(want, workflow.Official, "")
	second.OpenedAt = noon.Add(time.Second)
	for _, step := range []struct {
		what   string
		by     store.Store
		writes []store.TaskWrite
		after  func()
	}{
		{"tasks that came without a move", b, []store.TaskWrite{{Do: store.Insert, Task: second}, {Do: store.Insert, Task: first}}, func() { want.Tasks = []workflow.Task{first, second} }},
		{"a claim", b, []store.TaskWrite{{Do: store.Assign, Task: workflow.Task{ID: first.ID, Assignee: "anna"}}}, func() { want.Tasks[0].Assignee = "anna" }},
		{"a claim by the first", a, []store.TaskWrite{{Do: store.Assign, Task: workflow.Task{ID: second.ID, Assignee: "jan"}}}, func() { want.Tasks[1].Assignee = "jan" }},
		{"a day that passed", b, []store.TaskWrite{{Do: store.MarkOverdue, Task: workflow.Task{ID: first.ID}}}, func() { want.Tasks[0].Overdue = true }},
		{"a task released", a, []store.TaskWrite{{Do: store.Assign, Task: workflow.Task{ID: first.ID}, ExpectAssignee: "anna"}}, func() { want.Tasks[0].Assignee = "" }},
		{"a task closed", b, []store.TaskWrite{{Do: store.Close, Task: workflow.Task{ID: first.ID, State: "completed"}}}, func() { want.Tasks = want.Tasks[1:] }},
	} {
		commit(t, step.by, store.Change{Tasks: step.writes})
		step.after()
		seen(step.what)
	}
	for n, by := range []store.Store{a, b, b, a} {
		moved, change := next(want)
		read := map[string]any{"votes": 22.0}
		moved.Record = read
		if n%2 == 0 {
			moved.Title = fmt.Sprint("moved ", n)
			moved.Record, read = map[string]any{"votes": n, "names": []string{"a"}}, map[string]any{"votes": float64(n), "names": []any{"a"}}
		}
		opens := task(want, workflow.Secretariat, "2026-04-01")
		opens.OpenedAt = moved.UpdatedAt
		closes := want.Tasks[0]
		closes.State, closes.ClosedAt = "completed", moved.UpdatedAt
		change.Cases[0].Proposal = moved
		change.Tasks = []store.TaskWrite{{Do: store.Close, Task: closes}, {Do: store.Insert, Task: opens}}
		commit(t, by, change)
		want = moved
		want.Record = read
		want.Tasks = []workflow.Task{opens}
		seen("a move")
	}
	expect := city.Version
	city.Name, city.Version = "Kioto", city.Version+1
	commit(t, b, store.Change{Partners: []store.PartnerWrite{{Expect: expect, Partner: city}}})
	seen("another name of the partner")
}

// nobodyElses reads cases that are alike but for their ids, and partners, again and again in another order.
func nobodyElses(t *testing.T, database Database) {
	s := database.Open(t)
	var cases []workflow.Proposal
	for _, name := range []string{"Kyoto", "Nara", "Osaka"} {
		city := partner(name, "JP")
		p := proposal(name)
		p.Partner = city.Partner
		change := opening(p)
		change.Partners = []store.PartnerWrite{{Partner: city}}
		commit(t, s, change)
		cases = append(cases, p)
	}
	for n := range 12 {
		want := cases[n*n%len(cases)]
		read, register, err := s.CaseWithPartner(t.Context(), want.ID)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "case", want, read)
		same(t, "partner", want.Partner, register.Partner)
		if _, err := s.Case(t.Context(), newID()); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a case that nobody opened: %v", err)
		}
	}
	alone := opened(t, s, "with a partner that the register lacks")
	if _, register, err := s.CaseWithPartner(t.Context(), alone.ID); err != nil || register.ID != "" {
		t.Errorf("got %+v, %v", register, err)
	}
}

// restoredMeanwhile changes a case past the store, as a restore to an older moment does from which it then went on.
func restoredMeanwhile(t *testing.T, database Database) {
	s := database.Open(t)
	p := opened(t, s, "before")
	same(t, "case", p, must[workflow.Proposal](t)(s.Case(t.Context(), p.ID)))
	p.Title, p.UpdatedAt = "after", p.UpdatedAt.Add(time.Hour)
	body, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	if err := database.Exec(t.Context(), fmt.Sprintf("UPDATE cases SET body = '%s', updated_at = %d", body, p.UpdatedAt.UnixMicro())); err != nil {
		t.Fatal(err)
	}
	same(t, "case that has the same version", p, must[workflow.Proposal](t)(s.Case(t.Context(), p.ID)))
}

// readersOfWhatMoves reads a case while two processes move it and a third claims its task: what was committed before a read
// began is seen, and what was read stays as it was read.
func readersOfWhatMoves(t *testing.T, database Database) {
	stores := []store.Store{database.Open(t), database.Open(t)}
	p := opened(t, stores[0], "0")
	claimed := task(p, workflow.Lawyer, "")
	commit(t, stores[0], store.Change{Tasks: []store.TaskWrite{{Do: store.Insert, Task: claimed}}})
	const moves = 40
	var committed atomic.Int64
	acts := []func() error{
		func() error {
			at := p
			for n := range moves {
				moved, change := next(at)
				moved.Title = fmt.Sprint(moved.Version - 1)
				moved.LastOn = map[string]calendar.Date{moved.Title: "2026-03-02"}
				change.Cases[0].Proposal = moved
				if _, err := stores[n%2].Commit(t.Context(), change); err != nil {
					return err
				}
				committed.Store(moved.Version)
				at = moved
			}
			return nil
		},
		func() error {
			names := []string{"", "anna"}
			for n := range moves {
				_, err := stores[1].Commit(t.Context(), store.Change{Tasks: []store.TaskWrite{
					{Do: store.Assign, Task: workflow.Task{ID: claimed.ID, Assignee: names[(n+1)%2]}, ExpectAssignee: names[n%2]},
				}})
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
	for i := range 8 {
		acts = append(acts, func() error {
			for committed.Load() < moves+1 {
				least := committed.Load()
				read, err := stores[i%2].Case(t.Context(), p.ID)
				if err != nil {
					return err
				}
				asRead := compact(read)
				if read.Version < least || read.Title != fmt.Sprint(read.Version-1) || len(read.Tasks) != 1 {
					return fmt.Errorf("after version %d was committed %s was read", least, asRead)
				}
				if _, err := stores[i%2].Case(t.Context(), p.ID); err != nil {
					return err
				}
				if now := compact(read); now != asRead {
					return fmt.Errorf("%s was read and is %s now", asRead, now)
				}
			}
			return nil
		})
	}
	for _, err := range together(acts...) {
		if err != nil {
			t.Error(err)
		}
	}
}
