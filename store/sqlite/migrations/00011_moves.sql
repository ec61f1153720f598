-- +goose Up
-- PostgreSQL has a shorter way for groups of cases that move on, in a function that stands here; SQLite needs none.
SELECT 1;
