-- name: InsertTask :exec
INSERT INTO tasks (id, proposal_id, form, role, state, outcome, assignee, opened_at, closed_at, due_on, overdue, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: CloseTask :many
UPDATE tasks SET state = ?, outcome = ?, closed_at = ? WHERE id = sqlc.arg(id) AND state = 'open' RETURNING proposal_id;

-- name: AssignTask :execrows
UPDATE tasks SET assignee = ? WHERE id = sqlc.arg(id) AND state = 'open' AND assignee = sqlc.arg(expect);

-- name: MarkTaskOverdue :execrows
UPDATE tasks SET overdue = 1 WHERE id = ? AND state = 'open' AND overdue = 0;

-- name: TaskByID :one
SELECT state, outcome, assignee, closed_at, overdue, body FROM tasks WHERE id = ?;

-- name: DueTasks :many
SELECT id, proposal_id, due_on FROM tasks WHERE state = 'open' AND overdue = 0 AND due_on < ? ORDER BY due_on, id LIMIT ?;

-- name: CountTasks :one
SELECT count(*) FROM (SELECT 1 FROM tasks WHERE role = sqlc.arg(role) AND state = 'open' AND due_on < sqlc.arg(due_on) LIMIT sqlc.arg(count));

-- name: CountOverdueCases :one
SELECT count(*) FROM (SELECT 1 FROM cases WHERE due_on < sqlc.arg(due_on) LIMIT sqlc.arg(count));
