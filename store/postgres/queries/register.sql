-- name: RegisterGroups :many
SELECT country, form, count(*) FILTER (WHERE status = 'current') AS running, count(*) FILTER (WHERE status = 'past') AS ended
FROM register GROUP BY country, form ORDER BY country, form;
