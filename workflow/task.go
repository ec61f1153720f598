package workflow

import "slices"

// syncTasks brings the tasks of a case into line with where it stands after a transition: what the transition was asked
// for is completed, what applies no longer, or with another due date, is completed as overtaken, and what applies now and is not open is opened.
func (c *Case) syncTasks(after *Proposal, made *Transition, before *view) []TaskChange {
	now := *before
	now.proposal, now.transition, now.inputs = after, nil, nil
	moved := func(strand string) bool { return c.Proposal.StateOf(strand) != after.StateOf(strand) }
	var changes []TaskChange
	open := after.Tasks[:0:0]
	for _, task := range after.Tasks {
		rule := c.taskRule(task.Rule)
		asked := slices.Contains(task.AsksFor, made.ID)
		if rule != nil && rule.applies(after, &now) && !asked && !moved(rule.Strand) && task.DueOn == date(rule.due.textOf(&now)) {
			open = append(open, task)
			continue
		}
		task.State, task.ClosedAt = "completed", c.Moment.Now
		if !asked {
			task.Outcome = "overtaken"
		}
		changes = append(changes, TaskChange{What: TaskCompleted, Task: task})
	}
	for _, rule := range c.Definition.Tasks {
		if !rule.applies(after, &now) || slices.ContainsFunc(open, func(t Task) bool { return t.Rule == rule.ID }) {
			continue
		}
		task := Task{
			ID: c.Moment.NewID(), Rule: rule.ID, ProposalID: after.ID, Form: after.Form, Title: rule.Title, Role: rule.Role,
			AsksFor: rule.Asks, State: "open", OpenedAt: c.Moment.Now, DueOn: date(rule.due.textOf(&now)),
		}
		open = append(open, task)
		changes = append(changes, TaskChange{What: TaskOpened, Task: task})
	}
	after.Tasks = open
	return changes
}

// applies reports whether the task is due where the case stands.
func (r *TaskRule) applies(p *Proposal, v *view) bool {
	return slices.Contains(r.States, p.StateOf(r.Strand)) && r.when.holds(v)
}

func (c *Case) taskRule(id string) *TaskRule {
	for _, rule := range c.Definition.Tasks {
		if rule.ID == id {
			return rule
		}
	}
	return nil
}
