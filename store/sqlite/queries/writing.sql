-- name: KeyUsed :one
SELECT EXISTS (SELECT 1 FROM answers WHERE person = ? AND method = ? AND path = ? AND key = ?);

-- name: InsertAnswer :exec
INSERT INTO answers (person, method, path, key, body_hash, status, location, etag, body, first_pos, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: AnswerOf :one
SELECT body_hash, status, location, etag, body, first_pos, at FROM answers WHERE person = ? AND method = ? AND path = ? AND key = ?;

-- name: SweepAnswers :exec
DELETE FROM answers WHERE at < ?;

-- name: NextSerial :one
INSERT INTO serials (series, last) VALUES (?, 1) ON CONFLICT (series) DO UPDATE SET last = last + 1 RETURNING last;

-- name: PutDefinition :exec
INSERT INTO definitions (digest, form, version, source) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING;

-- name: Definition :one
SELECT source FROM definitions WHERE digest = ?;

-- name: TakeLease :execrows
INSERT INTO leases (name, holder, until)
VALUES (sqlc.arg(name), sqlc.arg(holder), CAST(unixepoch('subsec') * 1000000 AS INTEGER) + CAST(sqlc.arg(ttl) AS INTEGER))
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE leases.holder = excluded.holder OR leases.until < CAST(unixepoch('subsec') * 1000000 AS INTEGER);

-- name: EndLease :exec
DELETE FROM leases WHERE name = ? AND holder = ?;

-- name: LeaseHolder :one
SELECT holder FROM leases WHERE name = ? AND until >= CAST(unixepoch('subsec') * 1000000 AS INTEGER);
