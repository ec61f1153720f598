-- name: TaskByID :one
SELECT state, outcome, assignee, closed_at, overdue, body FROM tasks WHERE id = $1;

-- name: DueTasks :many
SELECT id, proposal_id, due_on FROM tasks WHERE state = 'open' AND NOT overdue AND due_on < sqlc.arg(due_on) ORDER BY due_on, id LIMIT sqlc.arg(count)::bigint;

-- name: CountTasks :one
SELECT count(*) FROM (SELECT FROM tasks WHERE role = sqlc.arg(role) AND state = 'open' AND due_on < sqlc.arg(due_on) LIMIT sqlc.arg(count)::bigint) AS found;

-- name: CountOverdueCases :one
SELECT count(*) FROM (SELECT FROM cases WHERE due_on < sqlc.arg(due_on) LIMIT sqlc.arg(count)::bigint) AS found;
