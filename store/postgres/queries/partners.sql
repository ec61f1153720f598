-- name: PartnersAmong :many
SELECT id, fold, body FROM partners WHERE id = ANY (sqlc.arg(ids)::text[]);

-- name: PartnerByName :one
SELECT fold, body FROM partners WHERE fold = $1 AND country = $2 AND kind = $3;
