-- name: BeginEpoch :exec
INSERT INTO epochs (stream, epoch, common, last, kept, event_id, readers, began_at, ended) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0);

-- name: EndEpoch :execrows
UPDATE epochs SET ended = 1 WHERE stream = ? AND epoch = ?;

-- name: LastEpoch :one
SELECT stream, epoch, common, last, kept, event_id, readers, began_at, ended FROM epochs WHERE stream = ? ORDER BY epoch DESC LIMIT 1;
