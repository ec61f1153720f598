-- +goose Up
-- What people are told, made from the journal; and the position up to which it was gone through for that.
CREATE TABLE notices (
    person_id   text COLLATE "C" NOT NULL,
    pos         bigint NOT NULL, -- of the journal entry
    event_id    text COLLATE "C" NOT NULL,
    proposal_id text COLLATE "C" NOT NULL,
    kind        text COLLATE "C" NOT NULL,
    at          bigint NOT NULL,
    PRIMARY KEY (person_id, pos)
);
CREATE INDEX notices_age ON notices (at);

CREATE TABLE notices_read (
    person_id text COLLATE "C" NOT NULL PRIMARY KEY,
    pos       bigint NOT NULL -- up to which the person has read
);

CREATE TABLE notice_position (
    single bigint NOT NULL PRIMARY KEY CHECK (single = 1),
    pos    bigint NOT NULL
);
