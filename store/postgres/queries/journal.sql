-- name: Head :one
SELECT pos FROM counter;

-- name: PublicHead :one
SELECT public_pos FROM counter;

-- name: JournalAfter :many
SELECT pos, public_pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf, public_id, public_subject, public_text
FROM journal WHERE pos > sqlc.arg(pos) ORDER BY pos LIMIT sqlc.arg(count)::bigint;

-- name: JournalPublicAfter :many
SELECT pos, public_pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf, public_id, public_subject, public_text
FROM journal WHERE public_pos > sqlc.arg(public_pos)::bigint ORDER BY public_pos LIMIT sqlc.arg(count)::bigint;

-- name: JournalEntry :one
SELECT pos, public_pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf, public_id, public_subject, public_text
FROM journal WHERE event_id = sqlc.arg(event_id);

-- name: JournalHistory :many
SELECT pos, public_pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf, public_id, public_subject, public_text
FROM journal WHERE seq > 0 AND proposal_id = sqlc.arg(proposal_id) AND seq > sqlc.arg(seq) ORDER BY seq LIMIT sqlc.arg(count)::bigint;

-- name: PersonalOf :many
SELECT pos, pointer, value, salt FROM personal WHERE pos = ANY (sqlc.arg(positions)::bigint[]) ORDER BY pos, pointer;
