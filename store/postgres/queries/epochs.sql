-- name: BeginEpoch :exec
INSERT INTO epochs (stream, epoch, common, last, kept, event_id, readers, began_at, ended) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, false);

-- name: EndEpoch :execrows
UPDATE epochs SET ended = true WHERE stream = $1 AND epoch = $2;

-- name: LastEpoch :one
SELECT stream, epoch, common, last, kept, event_id, readers, began_at, ended FROM epochs WHERE stream = $1 ORDER BY epoch DESC LIMIT 1;

-- name: Clock :one
SELECT clock_timestamp()::timestamptz AS now;
