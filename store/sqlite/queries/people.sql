-- name: InsertPerson :execrows
INSERT INTO people (id, name, full_name, roles, password_hash, must_change, disabled, version, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;

-- name: UpdatePerson :execrows
UPDATE OR IGNORE people SET name = ?, full_name = ?, roles = ?, password_hash = ?, must_change = ?, disabled = ?, version = ?, created_at = ?
WHERE id = sqlc.arg(id) AND version = sqlc.arg(expect);

-- name: PersonVersion :one
SELECT version FROM people WHERE id = ?;

-- name: PersonByID :one
SELECT id, name, full_name, roles, password_hash, must_change, disabled, version, created_at FROM people WHERE id = ?;

-- name: PersonByName :one
SELECT id, name, full_name, roles, password_hash, must_change, disabled, version, created_at FROM people WHERE name = ?;

-- name: PersonByToken :one
SELECT people.id, people.name, people.full_name, people.roles, people.password_hash, people.must_change, people.disabled, people.version, people.created_at
FROM people JOIN tokens ON tokens.person_id = people.id
WHERE tokens.hash = ? AND (tokens.expires_at = 0 OR tokens.expires_at > sqlc.arg(now));

-- name: InsertToken :exec
INSERT INTO tokens (id, person_id, hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?);

-- name: SweepTokens :exec
DELETE FROM tokens WHERE expires_at > 0 AND expires_at < ?;

-- name: PutSession :exec
INSERT INTO sessions (hash, person_id, data, created_at, expires_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (hash) DO UPDATE SET person_id = excluded.person_id, data = excluded.data, created_at = excluded.created_at, expires_at = excluded.expires_at;

-- name: SessionByHash :one
SELECT hash, person_id, data, created_at, expires_at FROM sessions WHERE hash = ? AND expires_at > sqlc.arg(now);

-- name: EndSession :exec
DELETE FROM sessions WHERE hash = ?;

-- name: EndSessions :exec
DELETE FROM sessions WHERE person_id = ? AND hash <> ?;

-- name: SweepSessions :exec
DELETE FROM sessions WHERE expires_at < ?;

-- name: InsertSubscriber :execrows
INSERT INTO subscribers (name, password_hash, allow, disabled, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING;

-- name: ReplaceSubscriber :exec
INSERT INTO subscribers (name, password_hash, allow, disabled, created_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (name) DO UPDATE SET password_hash = excluded.password_hash, allow = excluded.allow, disabled = excluded.disabled, created_at = excluded.created_at;

-- name: SubscriberByName :one
SELECT name, password_hash, allow, disabled, created_at FROM subscribers WHERE name = ?;

-- name: Subscribers :many
SELECT name, password_hash, allow, disabled, created_at FROM subscribers ORDER BY name;
