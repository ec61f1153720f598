-- name: ScopesAmong :many
SELECT scopes.scope, scopes.version, holders.label, holders.proposal_id
FROM scopes LEFT JOIN holders ON holders.scope = scopes.scope
WHERE scopes.scope = ANY (sqlc.arg(names)::text[])
ORDER BY scopes.scope, holders.label, holders.proposal_id;
