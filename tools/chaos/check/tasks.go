package check

import (
	"fmt"
	"slices"
)

// errand is what the journal tells of one task.
type errand struct {
	opened, closed *entry
	assignee       string
}

// tasks follows each task from its opening to its end, and holds the rows against where that leads.
func (c *checker) tasks() {
	errands := map[string]*errand{}
	for _, e := range c.found.entries {
		if e.kind == "task" {
			c.taskEvent(errands, e)
		}
	}
	for id, told := range errands {
		if told.opened == nil {
			continue
		}
		if row := c.found.tasks[id]; row == nil {
			c.report.add(Lost, fmt.Sprintf("pos %d", told.opened.pos), "task %s was opened and is not there", id)
		} else {
			c.taskRow(row, told)
		}
	}
	for id := range c.found.tasks {
		if errands[id] == nil {
			c.report.add(Phantom, "", "task %s was never opened", id)
		}
	}
}

func (c *checker) taskEvent(errands map[string]*errand, e *entry) {
	d, what := e.event.Data, e.what(c.in.Streams.Prefix)
	where := fmt.Sprintf("pos %d, task %s", e.pos, d.ID)
	told := errands[d.ID]
	if told == nil {
		told = &errand{}
		errands[d.ID] = told
	}
	switch {
	case what == "opened" && told.opened != nil:
		c.report.add(Doubled, where, "the task is opened again, first at %d", told.opened.pos)
	case what != "opened" && told.opened == nil:
		c.report.add(Task, where, "the task is %s and was not opened", what)
	case told.closed != nil:
		c.report.add(Task, where, "the task is %s after it was completed at %d", what, told.closed.pos)
	}
	if c.found.byID[e.cause] == nil && (what == "opened" || what == "completed") {
		c.report.add(Task, where, "the task is %s by no act", what)
	}
	switch what {
	case "opened":
		told.opened = e
	case "completed":
		told.closed = e
	case "claimed", "released", "assigned":
		if (d.Assignee == nil) != (what == "released") {
			c.report.add(Task, where, "the task is %s, and the event names somebody who has it: %v", what, d.Assignee != nil)
		}
		told.assignee = ""
		if d.Assignee != nil {
			told.assignee = *d.Assignee
		}
	case "overdue":
	default:
		c.report.add(Task, where, "nothing is known of a task that is %q", what)
	}
}

func (c *checker) taskRow(row *task, told *errand) {
	where := fmt.Sprintf("task %s of %s", row.id, row.proposal)
	d := told.opened.event.Data
	if row.proposal != told.opened.proposal || row.form != d.Form || row.role != d.Role || row.opened != told.opened.at {
		c.report.add(Altered, where, "the task is not the one that was opened at %d", told.opened.pos)
	}
	state, closed := "open", int64(0)
	if told.closed != nil {
		state, closed = "completed", told.closed.at
	}
	if row.state != state || row.closed != closed || row.assignee != told.assignee {
		c.report.add(Task, where, "the task is %s with %q, its events say %s with %q", row.state, row.assignee, state, told.assignee)
	}
	p := c.histories[row.proposal]
	if p == nil || p.definition == nil {
		return
	}
	rule, known := p.definition.tasks[d.Rule]
	if !known || rule.Role != row.role {
		c.report.add(Task, where, "the definition has no task %s of %s", d.Rule, row.role)
	} else if state == "open" && !slices.Contains(rule.States, p.states[rule.strand]) {
		c.report.add(Task, where, "the task %s is open while its strand stands in %s", d.Rule, p.states[rule.strand])
	}
}
