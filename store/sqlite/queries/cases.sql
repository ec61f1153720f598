-- name: InsertCase :execrows
INSERT INTO cases (id, version, form, state, stage, country, partner_id, number_key, title_key, search, created_at, updated_at, deadline_on, due_on, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;

-- name: UpdateCase :execrows
UPDATE cases SET version = ?, form = ?, state = ?, stage = ?, country = ?, partner_id = ?, number_key = ?, title_key = ?,
    search = ?, created_at = ?, updated_at = ?, deadline_on = ?, body = ?
WHERE id = sqlc.arg(id) AND version = sqlc.arg(expect);

-- name: MoveCase :execrows
UPDATE cases SET version = ?, state = ?, stage = ?, updated_at = ?, deadline_on = ?, body = ?
WHERE id = sqlc.arg(id) AND version = sqlc.arg(expect);

-- name: StayCase :execrows
UPDATE cases SET version = ?, updated_at = ?, body = ? WHERE id = sqlc.arg(id) AND version = sqlc.arg(expect);

-- name: RefreshDue :exec
UPDATE cases SET due_on = min(deadline_on,
    coalesce((SELECT min(tasks.due_on) FROM tasks WHERE tasks.proposal_id = cases.id AND tasks.state = 'open'), deadline_on))
WHERE cases.id = ?;

-- name: InsertDocument :execrows
INSERT INTO documents (id, proposal_id, sha256, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING;

-- name: InsertComment :exec
INSERT INTO comments (id, proposal_id, author, text, at) VALUES (?, ?, ?, ?, ?);

-- name: ScopeVersion :one
SELECT version FROM scopes WHERE scope = ?;

-- name: BumpScope :exec
INSERT INTO scopes (scope, version) VALUES (?, 1) ON CONFLICT (scope) DO UPDATE SET version = version + 1;

-- name: Hold :exec
INSERT INTO holders (scope, label, proposal_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING;

-- name: Release :exec
DELETE FROM holders WHERE scope = ? AND label = ? AND proposal_id = ?;

-- name: ScopesAmong :many
SELECT scopes.scope, scopes.version, holders.label, holders.proposal_id
FROM scopes LEFT JOIN holders ON holders.scope = scopes.scope
WHERE scopes.scope IN (sqlc.slice('names'))
ORDER BY scopes.scope, holders.label, holders.proposal_id;
