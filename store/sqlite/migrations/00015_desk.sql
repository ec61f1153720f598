-- +goose Up
-- What somebody is at: forms that are half filled in, and pages of acts that are open. Neither is journalled, and both are swept.
CREATE TABLE drafts (
    id         TEXT    NOT NULL PRIMARY KEY,
    person_id  TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    data       BLOB    NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_person ON drafts (person_id, updated_at);
CREATE INDEX drafts_age ON drafts (updated_at);

CREATE TABLE looks (
    proposal_id TEXT    NOT NULL,
    person_id   TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (proposal_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX looks_age ON looks (at);

CREATE INDEX sessions_person ON sessions (person_id);
