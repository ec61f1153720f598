-- +goose Up
CREATE TABLE answers (
    person    TEXT    NOT NULL,
    method    TEXT    NOT NULL,
    path      TEXT    NOT NULL,
    key       TEXT    NOT NULL,
    body_hash TEXT    NOT NULL,
    status    INTEGER NOT NULL,
    location  TEXT    NOT NULL,
    etag      TEXT    NOT NULL,
    body      BLOB    NOT NULL,
    first_pos INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (person, method, path, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_at ON answers (at);

CREATE TABLE serials (
    series TEXT    NOT NULL PRIMARY KEY,
    last   INTEGER NOT NULL
) STRICT;
