-- name: SubstitutionByID :one
SELECT id, absent, substitute, from_day, until_day, roles, reason, set_by, created_at, ended_at FROM substitutions WHERE id = $1;

-- name: StandsIn :many
SELECT id, absent, substitute, from_day, until_day, roles, reason, set_by, created_at, ended_at FROM substitutions
WHERE substitute = sqlc.arg(substitute) AND until_day > sqlc.arg(day) AND ended_at = 0 AND from_day <= sqlc.arg(day) ORDER BY from_day, id LIMIT 50;

-- name: SubstitutionsOf :many
SELECT id, absent, substitute, from_day, until_day, roles, reason, set_by, created_at, ended_at FROM substitutions
WHERE absent = sqlc.arg(absent) AND until_day > sqlc.arg(day) AND ended_at = 0 ORDER BY from_day, id LIMIT 200;
