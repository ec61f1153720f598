-- +goose Up
CREATE TABLE people (
    id            TEXT    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL UNIQUE,
    full_name     TEXT    NOT NULL,
    roles         TEXT    NOT NULL, -- JSON array
    password_hash TEXT    NOT NULL,
    must_change   INTEGER NOT NULL,
    disabled      INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE tokens (
    id         TEXT    NOT NULL PRIMARY KEY,
    person_id  TEXT    NOT NULL REFERENCES people (id),
    hash       TEXT    NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL -- 0: never
) STRICT;
CREATE INDEX tokens_expiry ON tokens (expires_at) WHERE expires_at > 0;

CREATE TABLE sessions (
    hash       TEXT    NOT NULL PRIMARY KEY,
    person_id  TEXT    NOT NULL,
    data       BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE subscribers (
    name          TEXT    NOT NULL PRIMARY KEY,
    password_hash TEXT    NOT NULL,
    allow         TEXT    NOT NULL, -- JSON array of subjects
    disabled      INTEGER NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT;
