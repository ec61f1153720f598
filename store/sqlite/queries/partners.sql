-- name: InsertPartner :execrows
INSERT INTO partners (id, version, fold, country, kind, name_key, search, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;

-- name: UpdatePartner :execrows
UPDATE OR IGNORE partners SET version = ?, fold = ?, country = ?, kind = ?, name_key = ?, search = ?, body = ?
WHERE id = sqlc.arg(id) AND version = sqlc.arg(expect);

-- name: PartnerVersion :one
SELECT version FROM partners WHERE id = ?;

-- name: PartnerInTheWay :one
SELECT id FROM partners WHERE fold = ? AND country = ? AND kind = ?;

-- name: PartnerByID :one
SELECT fold, body FROM partners WHERE id = ?;

-- name: PartnerByName :one
SELECT fold, body FROM partners WHERE fold = ? AND country = ? AND kind = ?;
