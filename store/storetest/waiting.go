package storetest

import (
	"strings"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/workflow"
)

// waiting holds that a case is somebody's as long as it has an open task of theirs, whatever way its tasks begin and end, in
// every order and on every page.
func waiting(t *testing.T, database Database) {
	s := database.Open(t)
	of := func(p workflow.Proposal) store.TaskWrite {
		made := task(p, workflow.Lawyer, "")
		made.Assignee = "anna"
		return store.TaskWrite{Do: store.Insert, Task: made}
	}
	closing := func(begun store.TaskWrite) store.TaskWrite {
		begun.Do, begun.Task.State, begun.Task.Outcome, begun.Task.ClosedAt = store.Close, "completed", "signed", noon.Add(time.Hour)
		return begun
	}
	opening := func(title string, count int) (workflow.Proposal, []store.TaskWrite) {
		p := proposal(title)
		change := opening(p)
		for range count {
			change.Tasks = append(change.Tasks, of(p))
		}
		commit(t, s, change)
		return p, change.Tasks
	}
	moving := func(p workflow.Proposal, tasks ...store.TaskWrite) workflow.Proposal {
		p, change := next(p)
		change.Tasks = tasks
		commit(t, s, change)
		return p
	}

	opening("a", 1)
	b, _ := opening("b", 0)
	commit(t, s, store.Change{Tasks: []store.TaskWrite{of(b)}})
	c, tasks := opening("c", 1)
	moving(c, closing(tasks[0]), of(c))
	d, tasks := opening("d", 1)
	moving(d, of(d), closing(tasks[0]))
	e, tasks := opening("e", 1)
	moving(moving(e, closing(tasks[0])), of(e))
	f, tasks := opening("f", 2)
	moving(f, closing(tasks[1]))
	_, tasks = opening("g", 1)
	commit(t, s, store.Change{Tasks: []store.TaskWrite{{Do: store.Close, Task: workflow.Task{ID: tasks[0].Task.ID, State: "completed"}}}})
	h, tasks := opening("h", 2)
	moving(h, closing(tasks[0]), closing(tasks[1]))
	i, tasks := opening("i", 1)
	began := of(i)
	moving(moving(moving(i, closing(tasks[0])), began), closing(began))
	opening("j", 0)

	for _, order := range []string{"updated_at", "created_at", "number", "title", "due_on"} {
		for _, down := range []string{"", "-"} {
			for _, limit := range []int{1, 2, 50} {
				titles := map[string]int{}
				var got []string
				for _, p := range allCases(t, s, store.CaseFilter{MineUser: "anna", Sort: down + order, PageRequest: store.PageRequest{Limit: limit}}) {
					titles[p.Title]++
					got = append(got, p.Title)
				}
				if len(got) != 6 || len(titles) != 6 || strings.Trim(strings.Join(got, ""), "abcdef") != "" {
					t.Errorf("by %s%s, %d a page: %q are anna's, want a to f", down, order, limit, got)
				}
			}
		}
	}
}
