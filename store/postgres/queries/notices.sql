-- name: NoticePosition :one
SELECT pos FROM notice_position WHERE single = 1;

-- name: BeginNotices :execrows
INSERT INTO notice_position (single, pos) VALUES (1, $1) ON CONFLICT DO NOTHING;

-- name: NoticesOf :many
SELECT person_id, pos, event_id, proposal_id, kind, at FROM notices
WHERE person_id = sqlc.arg(person_id) AND pos < sqlc.arg(before) ORDER BY pos DESC LIMIT sqlc.arg(count);

-- name: NoticesRead :one
SELECT pos FROM notices_read WHERE person_id = $1;

-- name: CountNoticesAfter :one
SELECT count(*) FROM (SELECT 1 FROM notices WHERE person_id = sqlc.arg(person_id) AND pos > sqlc.arg(pos) LIMIT sqlc.arg(count)) AS unread;

-- name: MarkNoticesRead :exec
INSERT INTO notices_read (person_id, pos) VALUES ($1, $2) ON CONFLICT (person_id) DO UPDATE SET pos = greatest(notices_read.pos, excluded.pos);

-- name: SweepNotices :exec
DELETE FROM notices WHERE at < $1;
