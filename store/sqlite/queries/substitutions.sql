-- name: InsertSubstitution :exec
INSERT INTO substitutions (id, absent, substitute, from_day, until_day, roles, reason, set_by, created_at, ended_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: EndSubstitution :execrows
UPDATE substitutions SET ended_at = ? WHERE id = ? AND ended_at = 0;

-- name: SubstitutionByID :one
SELECT id, absent, substitute, from_day, until_day, roles, reason, set_by, created_at, ended_at FROM substitutions WHERE id = ?;

-- name: StandsIn :many
SELECT id, absent, substitute, from_day, until_day, roles, reason, set_by, created_at, ended_at FROM substitutions
WHERE substitute = ? AND until_day > sqlc.arg(day) AND ended_at = 0 AND from_day <= sqlc.arg(today) ORDER BY from_day, id LIMIT 50;

-- name: SubstitutionsOf :many
SELECT id, absent, substitute, from_day, until_day, roles, reason, set_by, created_at, ended_at FROM substitutions
WHERE absent = ? AND until_day > sqlc.arg(day) AND ended_at = 0 ORDER BY from_day, id LIMIT 200;
