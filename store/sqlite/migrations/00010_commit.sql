-- +goose Up
-- PostgreSQL commits a group by a function that stands here; SQLite by single statements, so that nothing is made.
SELECT 1;
