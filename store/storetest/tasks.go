package storetest

import (
	"errors"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// taskLife walks one task through everything that can happen to it, and what is stale at each point.
func taskLife(t *testing.T, database Database) {
	s := database.Open(t)
	p := opened(t, s, "asked")
	asked := task(p, workflow.Lawyer, "2026-03-10")
	commit(t, s, store.Change{Tasks: []store.TaskWrite{{Do: store.Insert, Task: asked}}})

	refused := func(what string, write store.TaskWrite) {
		t.Helper()
		write.Task.ID = asked.ID
		_, err := s.Commit(t.Context(), store.Change{At: noon, Tasks: []store.TaskWrite{write}, Entries: []store.Entry{admin(0)}})
		var stale *store.StaleError
		if !errors.As(err, &stale) || *stale != (store.StaleError{What: "task", ID: asked.ID}) {
			t.Errorf("%s: got %v, want a stale task", what, err)
		}
	}
	done := func(write store.TaskWrite) {
		t.Helper()
		write.Task.ID = asked.ID
		commit(t, s, store.Change{Tasks: []store.TaskWrite{write}})
		same(t, "task", asked, must[workflow.Task](t)(s.Task(t.Context(), asked.ID)))
	}
	refused("assigned from somebody", store.TaskWrite{Do: store.Assign, Task: workflow.Task{Assignee: "anna"}, ExpectAssignee: "jan"})
	asked.Assignee = "anna"
	done(store.TaskWrite{Do: store.Assign, Task: workflow.Task{Assignee: "anna"}})
	refused("claimed twice", store.TaskWrite{Do: store.Assign, Task: workflow.Task{Assignee: "jan"}})
	asked.Assignee = ""
	done(store.TaskWrite{Do: store.Assign, ExpectAssignee: "anna"})
	asked.Overdue = true
	done(store.TaskWrite{Do: store.MarkOverdue})
	refused("marked twice", store.TaskWrite{Do: store.MarkOverdue})
	asked.State, asked.Outcome, asked.ClosedAt = "completed", "signed", noon.Add(time.Hour)
	done(store.TaskWrite{Do: store.Close, Task: workflow.Task{State: "completed", Outcome: "signed", ClosedAt: asked.ClosedAt}})
	refused("closed twice", store.TaskWrite{Do: store.Close, Task: workflow.Task{State: "completed"}})
	refused("assigned when closed", store.TaskWrite{Do: store.Assign, Task: workflow.Task{Assignee: "jan"}})
	if open := must[workflow.Proposal](t)(s.Case(t.Context(), p.ID)).Tasks; len(open) != 0 {
		t.Errorf("the case still has %s", compact(open))
	}
	same(t, "head", 1, must[int64](t)(s.Head(t.Context())))
}

// taskList narrows, orders and pages the list of tasks.
func taskList(t *testing.T, database Database) {
	s := database.Open(t)
	p := opened(t, s, "asked")
	letter := proposal("letter")
	letter.Form = "letter"
	commit(t, s, opening(letter))
	made := map[string]workflow.Task{
		"a": task(p, workflow.Lawyer, "2026-03-10"), "b": task(p, workflow.Lawyer, ""), "c": task(p, workflow.Official, "2026-03-01"),
		"d": task(letter, workflow.Official, "2026-03-10"), "e": task(p, workflow.Secretariat, "2026-02-01"),
	}
	names := map[string]string{}
	for name, made := range made {
		switch name {
		case "c":
			made.Assignee = "anna"
		case "d":
			made.OpenedAt, made.Rule = noon.Add(-time.Hour), "vote"
		case "e":
			made.State, made.ClosedAt = "completed", noon
		}
		names[made.ID] = name
		commit(t, s, store.Change{Tasks: []store.TaskWrite{{Do: store.Insert, Task: made}}})
	}
	both := []workflow.Role{workflow.Lawyer, workflow.Official}
	for _, test := range []struct {
		filter store.TaskFilter
		want   string
	}{
		{store.TaskFilter{}, "ecdab"},
		{store.TaskFilter{State: "open"}, "cdab"},
		{store.TaskFilter{State: "completed"}, "e"},
		{store.TaskFilter{LastFirst: true}, "badce"},
		{store.TaskFilter{Role: workflow.Lawyer, LastFirst: true}, "ba"},
		{store.TaskFilter{Role: workflow.Lawyer}, "ab"},
		{store.TaskFilter{Form: "letter"}, "d"},
		{store.TaskFilter{DueBefore: "2026-03-10"}, "ec"},
		{store.TaskFilter{DueOn: "2026-03-10"}, "da"},
		{store.TaskFilter{DueOn: "2026-03-10", Rule: "answer"}, "a"},
		{store.TaskFilter{Rule: "vote"}, "d"},
		{store.TaskFilter{Rule: "vote", Role: workflow.Lawyer}, ""},
		{store.TaskFilter{Rule: "answer", State: "completed"}, "e"},
		{store.TaskFilter{Rule: "none"}, ""},
		{store.TaskFilter{OpenedAfter: noon.Add(-time.Minute), State: "open"}, "cab"},
		{store.TaskFilter{OpenedAfter: noon}, ""},
		{store.TaskFilter{State: "open", MineUser: "anna"}, "c"},
		{store.TaskFilter{State: "open", MineUser: "anna", MineRoles: both}, "cdab"},
		{store.TaskFilter{State: "open", MineUser: "jan", MineRoles: both}, "dab"},
		{store.TaskFilter{MineUser: "jan", MineRoles: both, Role: workflow.Official}, "d"},
		{store.TaskFilter{MineUser: "jan"}, ""},
	} {
		for _, limit := range []int{0, 1, 2} {
			got := ""
			for _, found := range all(t, func(cursor string) (store.Page[workflow.Task], error) {
				test.filter.PageRequest = store.PageRequest{Limit: limit, Cursor: cursor}
				return s.ListTasks(t.Context(), test.filter)
			}) {
				got += names[found.ID]
			}
			if got != test.want {
				t.Errorf("%+v: got %q, want %q", test.filter, got, test.want)
			}
		}
	}
}

// sessionDays reads the days on which tasks of some rules are due.
func sessionDays(t *testing.T, database Database) {
	s := database.Open(t)
	p := opened(t, s, "asked")
	for _, given := range []struct {
		rule  string
		due   calendar.Date
		state string
	}{
		{"vote", "2026-03-10", "open"},
		{"vote", "2026-03-10", "open"},
		{"vote", "2026-03-10", "completed"},
		{"ending vote", "2026-03-10", "open"},
		{"vote", "2026-03-24", "open"},
		{"ending vote", "2026-02-24", "completed"},
		{"vote", "", "open"},
		{"answer", "2026-03-12", "open"},
	} {
		made := task(p, workflow.Secretariat, given.due)
		made.Rule, made.State = given.rule, given.state
		commit(t, s, store.Change{Tasks: []store.TaskWrite{{Do: store.Insert, Task: made}}})
	}
	february, early, late := store.SessionDay{On: "2026-02-24", Completed: 1}, store.SessionDay{On: "2026-03-10", Open: 3, Completed: 1}, store.SessionDay{On: "2026-03-24", Open: 1}
	both := []string{"vote", "ending vote"}
	for _, test := range []struct {
		rules []string
		from  calendar.Date
		limit int
		want  []store.SessionDay
	}{
		{both, "", 0, []store.SessionDay{late, early, february}},
		{both, "", 2, []store.SessionDay{late, early}},
		{both, "2026-03-10", 0, []store.SessionDay{early, late}},
		{both, "2026-03-01", 1, []store.SessionDay{early}},
		{[]string{"vote"}, "2026-03-01", 0, []store.SessionDay{{On: "2026-03-10", Open: 2, Completed: 1}, late}},
		{[]string{"none"}, "", 0, []store.SessionDay{}},
		{nil, "", 0, []store.SessionDay{}},
	} {
		same(t, compact(test.rules)+" from "+string(test.from), test.want, must[[]store.SessionDay](t)(s.SessionDays(t.Context(), test.rules, test.from, test.limit)))
	}
}

// dueTasks reads the tasks whose day has passed, and follows the due date of their case.
func dueTasks(t *testing.T, database Database) {
	s := database.Open(t)
	p := proposal("asked")
	p.Deadlines = nil
	commit(t, s, opening(p))
	late, later, undated := task(p, workflow.Lawyer, "2026-03-01"), task(p, workflow.Lawyer, "2026-03-05"), task(p, workflow.Lawyer, "")
	var inserts []store.TaskWrite
	for _, made := range []workflow.Task{later, undated, late} {
		inserts = append(inserts, store.TaskWrite{Do: store.Insert, Task: made})
	}
	commit(t, s, store.Change{Tasks: inserts})
	due := func(before calendar.Date, want ...workflow.Task) {
		t.Helper()
		wanted := []store.DueTask{}
		for _, one := range want {
			wanted = append(wanted, store.DueTask{TaskID: one.ID, ProposalID: p.ID, DueOn: one.DueOn})
		}
		same(t, "due before "+string(before), wanted, must[[]store.DueTask](t)(s.Due(t.Context(), before, 10)))
	}
	overdue := func(on calendar.Date, want int) {
		t.Helper()
		if got := allCases(t, s, store.CaseFilter{OverdueOn: on}); len(got) != want {
			t.Errorf("%d cases overdue on %s, want %d", len(got), on, want)
		}
	}
	due("2026-03-01")
	due("2026-03-05", late)
	due("2026-03-06", late, later)
	overdue("2026-03-02", 1)
	commit(t, s, store.Change{Tasks: []store.TaskWrite{{Do: store.MarkOverdue, Task: late}}})
	due("2026-03-06", later)
	overdue("2026-03-02", 1)
	closed := late
	closed.State, closed.ClosedAt = "completed", noon
	commit(t, s, store.Change{Tasks: []store.TaskWrite{{Do: store.Close, Task: closed}}})
	overdue("2026-03-02", 0)
	overdue("2026-03-06", 1)
	p, change := next(p)
	p.Deadlines = []workflow.Deadline{{Clock: "x", DueOn: "2026-03-02", State: "running"}, {Clock: "y", DueOn: "2026-01-01", State: "met"}}
	change.Cases[0].Proposal = p
	commit(t, s, change)
	overdue("2026-03-03", 1)
	overdue("2026-03-02", 0)
}
