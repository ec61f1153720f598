-- name: PutDraft :execrows
INSERT INTO drafts (id, person_id, kind, data, updated_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (id) DO UPDATE SET data = excluded.data, updated_at = excluded.updated_at WHERE drafts.person_id = excluded.person_id;

-- name: DraftOf :one
SELECT id, person_id, kind, data, updated_at FROM drafts WHERE id = $1 AND person_id = $2;

-- name: DraftsOf :many
SELECT id, person_id, kind, data, updated_at FROM drafts WHERE person_id = $1 ORDER BY updated_at DESC, id LIMIT $2;

-- name: DropDraft :exec
DELETE FROM drafts WHERE id = $1 AND person_id = $2;

-- name: SweepDrafts :exec
DELETE FROM drafts WHERE updated_at < $1;

-- name: PutLook :exec
INSERT INTO looks (proposal_id, person_id, at) VALUES ($1, $2, $3) ON CONFLICT (proposal_id, person_id) DO UPDATE SET at = excluded.at;

-- name: LooksAt :many
SELECT proposal_id, person_id, at FROM looks WHERE proposal_id = ANY (sqlc.arg(proposals)::text[]) AND at >= sqlc.arg(since) ORDER BY at DESC;

-- name: SweepLooks :exec
DELETE FROM looks WHERE at < $1;
