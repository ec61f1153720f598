-- +goose Up
-- What people are told, made from the journal; and the position up to which it was gone through for that.
CREATE TABLE notices (
    person_id   TEXT    NOT NULL,
    pos         INTEGER NOT NULL, -- of the journal entry
    event_id    TEXT    NOT NULL,
    proposal_id TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (person_id, pos)
) STRICT, WITHOUT ROWID;
CREATE INDEX notices_age ON notices (at);

CREATE TABLE notices_read (
    person_id TEXT    NOT NULL PRIMARY KEY,
    pos       INTEGER NOT NULL -- up to which the person has read
) STRICT;

CREATE TABLE notice_position (
    single INTEGER NOT NULL PRIMARY KEY CHECK (single = 1),
    pos    INTEGER NOT NULL
) STRICT;
