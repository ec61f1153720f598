-- +goose Up
CREATE TABLE cases (
    num         INTEGER PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    version     INTEGER NOT NULL,
    form        TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    stage       TEXT    NOT NULL,
    country     TEXT    NOT NULL,
    partner_id  TEXT    NOT NULL,
    number_key  TEXT    NOT NULL, -- year, serial, number
    title_key   BLOB    NOT NULL, -- Polish collation key
    search      TEXT    NOT NULL, -- folded number, title, names of the partner
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    deadline_on TEXT    NOT NULL, -- of the next running deadline; 9999-12-31 for none
    due_on      TEXT    NOT NULL, -- the earliest of it and of the open tasks
    body        TEXT    NOT NULL  -- the proposal without its tasks
) STRICT;
CREATE INDEX cases_updated ON cases (updated_at, id);
CREATE INDEX cases_created ON cases (created_at, id);
CREATE INDEX cases_number ON cases (number_key, id);
CREATE INDEX cases_title ON cases (title_key, id);
CREATE INDEX cases_due ON cases (due_on, id);
CREATE INDEX cases_state ON cases (state, updated_at, id);
CREATE INDEX cases_country ON cases (country, updated_at, id);
CREATE INDEX cases_partner ON cases (partner_id, updated_at, id);

CREATE TABLE documents (
    id          TEXT NOT NULL PRIMARY KEY,
    proposal_id TEXT NOT NULL REFERENCES cases (id),
    sha256      TEXT NOT NULL,
    body        TEXT NOT NULL
) STRICT;
CREATE INDEX documents_proposal ON documents (proposal_id);
CREATE INDEX documents_sha256 ON documents (sha256);

CREATE TABLE comments (
    id          TEXT    NOT NULL PRIMARY KEY,
    proposal_id TEXT    NOT NULL REFERENCES cases (id),
    author      TEXT    NOT NULL,
    text        TEXT    NOT NULL,
    at          INTEGER NOT NULL
) STRICT;
CREATE INDEX comments_proposal ON comments (proposal_id, at, id);

CREATE TABLE scopes (
    scope   TEXT    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE holders (
    scope       TEXT NOT NULL,
    label       TEXT NOT NULL,
    proposal_id TEXT NOT NULL,
    PRIMARY KEY (scope, label, proposal_id)
) STRICT, WITHOUT ROWID;
