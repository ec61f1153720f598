package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// trace is what can be read of a case after it moved, without what differs between two cases.
type trace struct {
	Version   int64
	Title     string
	Open      []calendar.Date // due dates of the open tasks
	Overdue   []calendar.Date // days on which the case counts as overdue
	Scope     int64
	Holders   int
	Answer    int64 // entries from the answer's to the last one
	Public    int64 // public positions given
	Personal  int
	Comments  int
	Documents int
}

// moveLikeWhole writes the same changes of two cases: one tells what was before, and may be written by what is quicker; the
// other does not. Nothing tells them apart afterwards.
func moveLikeWhole(t *testing.T, database Database) {
	s := database.Open(t)
	for name, change := range map[string]func(p *workflow.Proposal, change *store.Change, tasks []workflow.Task){
		"nothing else": func(*workflow.Proposal, *store.Change, []workflow.Task) {},
		"its deadline": func(p *workflow.Proposal, _ *store.Change, _ []workflow.Task) {
			p.Deadlines = []workflow.Deadline{{Clock: "x", DueOn: "2026-03-02", State: "running"}}
		},
		"no deadline any more": func(p *workflow.Proposal, _ *store.Change, _ []workflow.Task) { p.Deadlines = nil },
		"its title":            func(p *workflow.Proposal, _ *store.Change, _ []workflow.Task) { p.Title = "Inny tytuł" },
		"its tasks": func(p *workflow.Proposal, change *store.Change, tasks []workflow.Task) {
			closed := tasks[0]
			closed.State, closed.Outcome, closed.ClosedAt = "completed", "signed", noon
			change.Tasks = []store.TaskWrite{
				{Do: store.Close, Task: closed},
				{Do: store.Insert, Task: task(*p, workflow.Lawyer, "2026-03-07")},
				{Do: store.Insert, Task: task(*p, workflow.Lawyer, "")},
			}
		},
		"no task but one": func(_ *workflow.Proposal, change *store.Change, tasks []workflow.Task) {
			tasks[0].State = "cancelled"
			change.Tasks = []store.TaskWrite{{Do: store.Close, Task: tasks[0]}}
		},
		"everything": func(p *workflow.Proposal, change *store.Change, _ []workflow.Task) {
			document := workflow.Document{ID: newID(), Kind: "letter"}
			p.Documents = []workflow.Document{document}
			change.Key = &store.Key{User: p.ID, Method: "POST", Path: "/p", Key: "k", Answer: store.Answer{Status: 201}}
			change.Scopes = []store.ScopeRead{{Scope: p.ID}}
			change.Holds = []store.HoldWrite{
				{Scope: p.ID, Label: "a", ProposalID: p.ID}, {Scope: p.ID, Label: "b", ProposalID: p.ID}, {Scope: p.ID, Label: "c", ProposalID: p.ID, Release: true},
			}
			change.Documents = []store.DocumentWrite{{ProposalID: p.ID, Document: document}}
			change.Comments = []store.Comment{{ID: newID(), ProposalID: p.ID, By: "u", Text: "dobrze", At: noon}}
			change.Entries[0].Public = &store.PublicEntry{ID: newID(), Subject: "public", Text: []byte("{}")}
			change.Entries[0].Personal = []store.Personal{{Pointer: "/a", Value: []byte("1"), Salt: []byte{1}}, {Pointer: "/b", Value: []byte("2"), Salt: []byte{2}}}
			change.Entries = append(change.Entries, store.Entry{ID: newID(), Kind: "task", ProposalID: p.ID, Text: []byte("{}")})
		},
	} {
		var traces []trace
		for _, tells := range []bool{true, false} {
			p := opened(t, s, "przed")
			tasks := []workflow.Task{task(p, workflow.Lawyer, "2026-03-05"), task(p, workflow.Official, "2026-03-09")}
			commit(t, s, store.Change{Tasks: []store.TaskWrite{{Do: store.Insert, Task: tasks[0]}, {Do: store.Insert, Task: tasks[1]}}})
			before := must[int64](t)(s.PublicHead(t.Context()))
			after, moved := next(p)
			change(&after, &moved, tasks)
			moved.Cases[0].Proposal = after
			if !tells {
				moved.Cases[0].Before = nil
			}
			commit(t, s, moved)
			left := traced(t, s, after.ID)
			left.Public -= before
			traces = append(traces, left)
		}
		same(t, name, traces[1], traces[0])
	}
}

func traced(t *testing.T, s store.Store, id string) trace {
	t.Helper()
	p := must[workflow.Proposal](t)(s.Case(t.Context(), id))
	left := trace{Version: p.Version, Title: p.Title, Documents: len(p.Documents), Public: must[int64](t)(s.PublicHead(t.Context()))}
	for _, open := range p.Tasks {
		left.Open = append(left.Open, open.DueOn)
	}
	for _, day := range []calendar.Date{"2026-03-03", "2026-03-06", "2026-03-08", "2026-03-10", "2026-04-02"} {
		overdue := allCases(t, s, store.CaseFilter{OverdueOn: day, Text: p.Title})
		if slices.ContainsFunc(overdue, func(found workflow.Proposal) bool { return found.ID == id }) {
			left.Overdue = append(left.Overdue, day)
		}
	}
	scope := must[workflow.Facts](t)(s.Scopes(t.Context(), []string{id}))[id]
	left.Scope, left.Holders = scope.Version, len(scope.Holders)
	if answered, err := s.Answered(t.Context(), id, "POST", "/p", "k"); err == nil {
		left.Answer = must[int64](t)(s.Head(t.Context())) - answered.FirstPos
	}
	for _, record := range must[[]store.Record](t)(s.History(t.Context(), id, 0, 10)) {
		left.Personal += len(record.Personal)
	}
	left.Comments = len(must[store.Page[store.Comment]](t)(s.ListComments(t.Context(), store.CommentFilter{ProposalID: id})).Items)
	return left
}

// movesTogether sends moves at once that rest on one another: of those that cannot both be, one is refused, and alone.
func movesTogether(t *testing.T, database Database) {
	s := database.Open(t)
	const each = 20
	var acts []func() error
	commitLater := func(change store.Change) {
		acts = append(acts, func() error {
			_, err := s.Commit(context.WithoutCancel(t.Context()), change)
			return err
		})
	}
	for range each {
		p := opened(t, s, "moved")
		_, first := next(p)
		_, second := next(p)
		third := opening(proposal("rests on what the fourth writes"))
		third.Scopes, third.Holds = []store.ScopeRead{{Scope: "read " + p.ID}}, []store.HoldWrite{{Scope: "written " + p.ID, Label: "l", ProposalID: p.ID}}
		fourth := opening(proposal("rests on what the third writes"))
		fourth.Scopes, fourth.Holds = []store.ScopeRead{{Scope: "written " + p.ID}}, []store.HoldWrite{{Scope: "read " + p.ID, Label: "l", ProposalID: p.ID}}
		for _, change := range []store.Change{first, second, third, fourth} {
			commitLater(change)
		}
	}
	answers := together(acts...)
	for i := 0; i < len(answers); i += 2 {
		refused := 0
		for _, err := range answers[i : i+2] {
			if errors.Is(err, store.ErrStale) {
				refused++
			} else if err != nil {
				t.Error(err)
			}
		}
		if refused != 1 {
			t.Errorf("of two that cannot both be %d were refused", refused)
		}
	}
	same(t, "head", 3*each, must[int64](t)(s.Head(t.Context())))
}
