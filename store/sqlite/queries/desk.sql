-- name: PutDraft :execrows
INSERT INTO drafts (id, person_id, kind, data, updated_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET data = excluded.data, updated_at = excluded.updated_at WHERE drafts.person_id = excluded.person_id;

-- name: DraftOf :one
SELECT id, person_id, kind, data, updated_at FROM drafts WHERE id = ? AND person_id = ?;

-- name: DraftsOf :many
SELECT id, person_id, kind, data, updated_at FROM drafts WHERE person_id = ? ORDER BY updated_at DESC, id LIMIT ?;

-- name: DropDraft :exec
DELETE FROM drafts WHERE id = ? AND person_id = ?;

-- name: SweepDrafts :exec
DELETE FROM drafts WHERE updated_at < ?;

-- name: PutLook :exec
INSERT INTO looks (proposal_id, person_id, at) VALUES (?, ?, ?) ON CONFLICT (proposal_id, person_id) DO UPDATE SET at = excluded.at;

-- name: LooksAt :many
SELECT proposal_id, person_id, at FROM looks WHERE proposal_id IN (SELECT value FROM json_each(?)) AND at >= ? ORDER BY at DESC;

-- name: SweepLooks :exec
DELETE FROM looks WHERE at < ?;
