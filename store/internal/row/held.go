package row

import (
	"slices"
	"strings"

	"hejnal/store"
	"hejnal/workflow"
)

// OpenTask is an open task as it is read with its case. Body is empty where the case has the version that is held.
type OpenTask struct {
	ID       string
	Outcome  string
	Assignee string
	Overdue  bool
	Body     string
}

// WithTasks makes a case that was held of what its open tasks are now, and reports false where one of them is not among
// those held. The case held stays as it is; where nothing changed it is itself the answer.
func WithTasks(held *workflow.Proposal, open []OpenTask) (*workflow.Proposal, bool) {
	same := len(open) == len(held.Tasks)
	tasks := make([]workflow.Task, 0, len(open))
	for _, now := range open {
		i := slices.IndexFunc(held.Tasks, func(task workflow.Task) bool { return task.ID == now.ID })
		if i < 0 {
			return nil, false
		}
		task := held.Tasks[i]
		same = same && task.Outcome == now.Outcome && task.Assignee == now.Assignee && task.Overdue == now.Overdue
		task.Outcome, task.Assignee, task.Overdue = now.Outcome, now.Assignee, now.Overdue
		tasks = append(tasks, task)
	}
	if same {
		return held, true
	}
	made := *held
	made.Tasks = inOrder(tasks)
	return &made, true
}

// ToTasks makes the open tasks of a case of their rows.
func ToTasks(open []OpenTask) ([]workflow.Task, error) {
	var tasks []workflow.Task
	for _, each := range open {
		task, err := ToTask(each.Body, Changing{State: "open", Outcome: each.Outcome, Assignee: each.Assignee, Overdue: each.Overdue})
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, task)
	}
	return inOrder(tasks), nil
}

// inOrder puts the tasks of a case into the order in which they are read.
func inOrder(tasks []workflow.Task) []workflow.Task {
	slices.SortFunc(tasks, func(a, b workflow.Task) int {
		if order := a.OpenedAt.Compare(b.OpenedAt); order != 0 {
			return order
		}
		return strings.Compare(a.ID, b.ID)
	})
	return tasks
}

// Written is a case as it will be read after the change was committed, as far as this process knows its open tasks from
// before. It reports false for a case that is read in another form than it was written in.
func Written(write store.CaseWrite, before []workflow.Task, tasks []store.TaskWrite) (*workflow.Proposal, bool) {
	for _, value := range write.Proposal.Record {
		switch value.(type) {
		case string, bool, float64:
		default:
			return nil, false
		}
	}
	made := write.Proposal
	made.Tasks = slices.Clone(before)
	for _, each := range tasks {
		if each.Task.ProposalID == made.ID && each.Do == store.Insert && each.Task.State == "open" {
			made.Tasks = append(made.Tasks, each.Task)
		}
	}
	for _, each := range tasks {
		if each.Do == store.Close {
			made.Tasks = slices.DeleteFunc(made.Tasks, func(task workflow.Task) bool { return task.ID == each.Task.ID })
		}
	}
	made.Tasks = inOrder(made.Tasks)
	return &made, true
}
