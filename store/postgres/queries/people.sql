-- name: PersonByID :one
SELECT id, name, full_name, roles, password_hash, must_change, disabled, version, created_at FROM people WHERE id = $1;

-- name: PersonByName :one
SELECT id, name, full_name, roles, password_hash, must_change, disabled, version, created_at FROM people WHERE name = $1;

-- name: PeopleByTokens :many
SELECT tokens.hash, tokens.expires_at, sqlc.embed(people)
FROM people JOIN tokens ON tokens.person_id = people.id
WHERE tokens.hash = ANY (sqlc.arg(hashes)::text[]);

-- name: SweepTokens :exec
DELETE FROM tokens WHERE expires_at > 0 AND expires_at < $1;

-- name: PutSession :exec
INSERT INTO sessions (hash, person_id, data, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (hash) DO UPDATE SET person_id = excluded.person_id, data = excluded.data, created_at = excluded.created_at, expires_at = excluded.expires_at;

-- name: SessionByHash :one
SELECT hash, person_id, data, created_at, expires_at FROM sessions WHERE hash = sqlc.arg(hash) AND expires_at > sqlc.arg(now);

-- name: EndSession :exec
DELETE FROM sessions WHERE hash = $1;

-- name: EndSessions :exec
DELETE FROM sessions WHERE person_id = $1 AND hash <> $2;

-- name: SweepSessions :exec
DELETE FROM sessions WHERE expires_at < $1;

-- name: SubscriberByName :one
SELECT name, password_hash, allow, disabled, created_at FROM subscribers WHERE name = $1;

-- name: Subscribers :many
SELECT name, password_hash, allow, disabled, created_at FROM subscribers ORDER BY name;
