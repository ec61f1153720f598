-- name: RegisterGroups :many
SELECT country, form, count(CASE WHEN status = 'current' THEN 1 END) AS running, count(CASE WHEN status = 'past' THEN 1 END) AS ended
FROM register GROUP BY country, form ORDER BY country, form;
