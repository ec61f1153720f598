-- name: Heads :one
SELECT CAST(coalesce((SELECT max(pos) FROM journal), 0) AS INTEGER) AS pos,
    CAST(coalesce((SELECT max(public_pos) FROM journal), 0) AS INTEGER) AS public_pos;

-- name: Head :one
SELECT CAST(coalesce(max(pos), 0) AS INTEGER) AS pos FROM journal;

-- name: PublicHead :one
SELECT CAST(coalesce(max(public_pos), 0) AS INTEGER) AS pos FROM journal;

-- name: JournalAfter :many
SELECT pos, public_pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf, public_id, public_subject, public_text
FROM journal WHERE pos > ? ORDER BY pos LIMIT ?;

-- name: JournalPublicAfter :many
SELECT pos, public_pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf, public_id, public_subject, public_text
FROM journal WHERE public_pos > ? ORDER BY public_pos LIMIT ?;

-- name: JournalEntry :one
SELECT pos, public_pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf, public_id, public_subject, public_text
FROM journal WHERE event_id = ?;

-- name: JournalHistory :many
SELECT pos, public_pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf, public_id, public_subject, public_text
FROM journal WHERE seq > 0 AND proposal_id = ? AND seq > ? ORDER BY seq LIMIT ?;

-- name: PersonalOf :many
SELECT pos, pointer, value, salt FROM personal WHERE pos IN (sqlc.slice('positions')) ORDER BY pos, pointer;

-- name: InsertEntry :exec
INSERT INTO journal (pos, public_pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf, public_id, public_subject, public_text)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: InsertPersonal :exec
INSERT INTO personal (pos, pointer, value, salt) VALUES (?, ?, ?, ?);
