-- +goose Up
CREATE TABLE journal (
    pos            INTEGER PRIMARY KEY,
    public_pos     INTEGER UNIQUE,
    at             INTEGER NOT NULL, -- microseconds since 1970, UTC, as everywhere
    event_id       TEXT    NOT NULL UNIQUE,
    kind           TEXT    NOT NULL,
    proposal_id    TEXT    NOT NULL,
    seq            INTEGER NOT NULL, -- 0 for entries that are no transitions
    cause          TEXT    NOT NULL,
    subject        TEXT    NOT NULL,
    text           BLOB    NOT NULL,
    leaf           BLOB    NOT NULL, -- SHA-256 of 0x00 and the text
    public_id      TEXT,
    public_subject TEXT,
    public_text    BLOB
) STRICT;
CREATE UNIQUE INDEX journal_seq ON journal (proposal_id, seq) WHERE seq > 0;

CREATE TABLE personal (
    pos     INTEGER NOT NULL REFERENCES journal (pos),
    pointer TEXT    NOT NULL,
    value   BLOB    NOT NULL,
    salt    BLOB    NOT NULL,
    PRIMARY KEY (pos, pointer)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER journal_without_gap BEFORE INSERT ON journal
WHEN NEW.pos <> (SELECT coalesce(max(pos), 0) + 1 FROM journal)
BEGIN SELECT raise(ABORT, 'the journal has no gaps'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER journal_without_update BEFORE UPDATE ON journal
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER journal_without_delete BEFORE DELETE ON journal
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
