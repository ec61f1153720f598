-- +goose Up
-- Which programs may use this schema: those that know the version named, as the release named does. Raised by a migration
-- that takes away what they use.
CREATE TABLE schema_needs (
    single  INTEGER PRIMARY KEY CHECK (single = 1),
    version INTEGER NOT NULL,
    release TEXT    NOT NULL
) STRICT;
INSERT INTO schema_needs (single, version, release) VALUES (1, 10, '0.1.0');

-- The epochs of the streams. Positions after the common one were published with other events in the epoch before.
CREATE TABLE epochs (
    stream   TEXT    NOT NULL,
    epoch    INTEGER NOT NULL,
    common   INTEGER NOT NULL, -- last sequence that is the same in both
    last     INTEGER NOT NULL, -- last sequence of the epoch before
    kept     TEXT    NOT NULL, -- name of the file with the events that only the epoch before has; empty for none
    event_id TEXT    NOT NULL, -- of the journal entry that tells of it
    readers  TEXT    NOT NULL, -- JSON: the durable consumers and where each goes on
    began_at INTEGER NOT NULL,
    ended    INTEGER NOT NULL, -- 1 when the stream has been made anew
    PRIMARY KEY (stream, epoch)
) STRICT;
