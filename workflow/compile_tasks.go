package workflow

import (
	"fmt"
	"slices"

	"cel.dev/cel-go/cel"
)

func (c *compiler) tasks() {
	for _, strand := range c.strands() {
		for _, written := range strand.Tasks {
			c.translated(written.Origin, "title", written.Title)
			c.definition.Tasks = append(c.definition.Tasks, &TaskRule{
				TaskSource: written, Strand: strand.strand,
				when: c.expression(written.Origin, "when", written.When, cel.BoolType),
				due:  c.expression(written.Origin, "due", written.Due, cel.StringType),
			})
			c.taskCanBeDone(strand.strand, written)
		}
	}
}

// taskCanBeDone reports a task whose role cannot complete it: in each of its states the role must be able to make one of
// the transitions that the task asks for.
func (c *compiler) taskCanBeDone(strand string, task TaskSource) {
	for i, id := range task.Asks {
		if len(c.definition.named[id]) == 0 {
			c.report("unknown_transition", task.Origin, fmt.Sprintf("asks[%d]", i), "the task %s asks for %q, which the form does not have", task.ID, id)
		}
	}
	for i, state := range task.States {
		path := fmt.Sprintf("states[%d]", i)
		if _, ok := c.definition.State(strand, state); !ok {
			c.report("unknown_state", task.Origin, path, "the task %s names the state %q, which the %s does not have", task.ID, state, strand)
			continue
		}
		if !slices.ContainsFunc(c.definition.Transitions, func(t *Transition) bool {
			return slices.Contains(task.Asks, t.ID) && slices.Contains(t.From, state) && slices.Contains(t.Roles, task.Role)
		}) {
			c.report("task_cannot_be_done", task.Origin, path, "in the state %s the role %s can make none of what the task %s asks for", state, task.Role, task.ID)
		}
	}
}
