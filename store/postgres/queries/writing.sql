-- name: AnswerOf :one
SELECT body_hash, status, location, etag, body, first_pos, at FROM answers WHERE person = $1 AND method = $2 AND path = $3 AND key = $4;

-- name: SweepAnswers :exec
DELETE FROM answers WHERE at < $1;

-- name: NextSerial :one
INSERT INTO serials (series, last) VALUES ($1, 1) ON CONFLICT (series) DO UPDATE SET last = serials.last + 1 RETURNING last;

-- name: TouchCounter :exec
UPDATE counter SET pos = pos;

-- name: PutDefinition :exec
INSERT INTO definitions (digest, form, version, source) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING;

-- name: Definition :one
SELECT source FROM definitions WHERE digest = $1;

-- name: AcquireLease :one
SELECT acquire_lease(sqlc.arg(name), sqlc.arg(holder), sqlc.arg(microseconds));

-- name: EndLease :exec
DELETE FROM leases WHERE name = $1 AND holder = $2;

-- name: LeaseHolder :one
SELECT holder FROM leases WHERE name = $1 AND until >= clock_timestamp();

-- name: Tell :exec
SELECT pg_notify('hejnal_committed', '');
