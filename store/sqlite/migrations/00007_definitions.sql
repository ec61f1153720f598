-- +goose Up
CREATE TABLE definitions (
    digest  TEXT    NOT NULL PRIMARY KEY,
    form    TEXT    NOT NULL,
    version INTEGER NOT NULL,
    source  BLOB    NOT NULL
) STRICT;
