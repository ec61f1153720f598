-- +goose Up
CREATE TABLE partners (
    num      INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL UNIQUE,
    version  INTEGER NOT NULL,
    fold     TEXT    NOT NULL,
    country  TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    name_key BLOB    NOT NULL, -- Polish collation key
    search   TEXT    NOT NULL, -- folded names
    body     TEXT    NOT NULL,
    UNIQUE (fold, country, kind)
) STRICT;
CREATE INDEX partners_name ON partners (name_key, id);
CREATE INDEX partners_country ON partners (country, name_key, id);
