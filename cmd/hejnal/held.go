package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"hejnal/store"
	"hejnal/workflow"
)

// tellHeld tells how many open tasks are assigned to a person who cannot do them any more, and nothing where there are none. They
// are in nobody's own list, and only somebody in their role can hand them on.
func tellHeld(ctx context.Context, out io.Writer, kept store.Tasks, person store.Person) error {
	count, roles := 0, []workflow.Role{}
	for request := (store.PageRequest{Limit: 200}); ; {
		page, err := kept.ListTasks(ctx, store.TaskFilter{MineUser: person.ID, State: "open", PageRequest: request})
		if err != nil {
			return fmt.Errorf("list the tasks of %s: %w", person.Name, err)
		}
		count += len(page.Items)
		for _, task := range page.Items {
			if !slices.Contains(roles, task.Role) {
				roles = append(roles, task.Role)
			}
		}
		if request.Cursor = page.Next; page.Next == "" {
			break
		}
	}
	if count == 0 {
		return nil
	}
	_, err := fmt.Fprintf(out, "open tasks still assigned to %s: %d (%s); whoever has the role of a task gives it back or assigns it on the page of the team's tasks, /zadania/grupa\n",
		person.Name, count, list(roles))
	return err
}
