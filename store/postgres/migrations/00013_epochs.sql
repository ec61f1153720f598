-- +goose Up
-- Which programs may use this schema: those that know the version named, as the release named does. Raised by a migration
-- that takes away what they use.
CREATE TABLE schema_needs (
    single  boolean PRIMARY KEY DEFAULT true CHECK (single),
    version bigint NOT NULL,
    release text NOT NULL
);
INSERT INTO schema_needs (version, release) VALUES (10, '0.1.0');

-- The epochs of the streams. Positions after the common one were published with other events in the epoch before.
CREATE TABLE epochs (
    stream   text COLLATE "C" NOT NULL,
    epoch    bigint NOT NULL,
    common   bigint NOT NULL, -- last sequence that is the same in both
    last     bigint NOT NULL, -- last sequence of the epoch before
    kept     text NOT NULL, -- name of the file with the events that only the epoch before has; empty for none
    event_id text NOT NULL, -- of the journal entry that tells of it
    readers  text NOT NULL, -- JSON: the durable consumers and where each goes on
    began_at bigint NOT NULL,
    ended    boolean NOT NULL, -- the stream has been made anew
    PRIMARY KEY (stream, epoch)
);
