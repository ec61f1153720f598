-- name: PartnerByID :one
SELECT fold, body FROM partners WHERE id = $1;

-- name: PartnerByName :one
SELECT fold, body FROM partners WHERE fold = $1 AND country = $2 AND kind = $3;
