package listing

import (
	"strings"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/workflow"
)

var taskOrder = ordered{name: "tasks", columns: []column{{"due_on", text}, {"opened_at", integer}, {"id", text}}}

const taskColumns = "body, state, outcome, assignee, closed_at, overdue, due_on, opened_at, id"

// Tasks is the query for a page of tasks. It is a union of branches, each of which walks one index in the order asked
// for and stops at the page's end, so that it does not grow with the number of tasks.
func Tasks(dialect Dialect, filter store.TaskFilter) (Query, error) {
	b := &builder{dialect: dialect}
	limit, order := bound(filter.Limit), taskOrder
	order.down = filter.LastFirst
	var branches []string
	for _, state := range taskStates(filter.State) {
		for _, mine := range taskOwners(filter) {
			branch := &builder{dialect: dialect, args: b.args}
			branch.equal("state", state)
			mine(branch)
			branch.tasks(filter)
			if err := branch.page(filter.Cursor, order); err != nil {
				return Query{}, err
			}
			branches = append(branches, "SELECT * FROM (SELECT "+taskColumns+" FROM tasks"+branch.conditions()+
				order.by()+" LIMIT "+branch.arg(limit+1)+") AS branch")
			b.args = branch.args
		}
	}
	sql := "SELECT " + taskColumns + " FROM (" + strings.Join(branches, " UNION ALL ") + ") AS tasks" + order.by() + " LIMIT " + b.arg(limit+1)
	return b.query(sql, limit, order), nil
}

// tasks narrows to what a filter asks for beside state and person. SQLite is told to find tasks by their rule where one is given.
func (b *builder) tasks(filter store.TaskFilter) {
	role := "role"
	if filter.Rule != "" {
		b.and(b.dialect.rule() + " = " + b.arg(filter.Rule))
		if b.dialect == SQLite {
			role = "+role"
		}
	}
	b.equal(role, string(filter.Role))
	b.equal("form", filter.Form)
	b.equal("due_on", string(filter.DueOn))
	if filter.DueBefore != "" {
		b.and("due_on < " + b.arg(string(filter.DueBefore)))
	}
	if !filter.OpenedAfter.IsZero() {
		b.and("opened_at > " + b.arg(row.Micro(filter.OpenedAfter)))
	}
}

func taskStates(asked string) []string {
	if asked == "" {
		return []string{"open", "completed"}
	}
	return []string{asked}
}

// taskOwners gives the conditions whose union is whose tasks are asked for.
func taskOwners(filter store.TaskFilter) []func(*builder) {
	if filter.MineUser == "" {
		return []func(*builder){func(*builder) {}}
	}
	owners := []func(*builder){func(b *builder) { b.equal("assignee", filter.MineUser) }}
	for _, role := range filter.MineRoles {
		owners = append(owners, func(b *builder) {
			b.equal("role", string(role))
			b.and("assignee = ''")
		})
	}
	return owners
}

// ReadTasks reads a page of tasks from the rows of the query.
func (q Query) ReadTasks(rows Rows) (store.Page[workflow.Task], error) {
	return read(q, rows, func(keys []any) (workflow.Task, error) {
		var body string
		var now row.Changing
		if err := rows.Scan(append([]any{&body, &now.State, &now.Outcome, &now.Assignee, &now.ClosedAt, &now.Overdue}, keys...)...); err != nil {
			return workflow.Task{}, err
		}
		return row.ToTask(body, now)
	})
}
