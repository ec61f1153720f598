-- +goose Up
-- What somebody is at: forms that are half filled in, and pages of acts that are open. Neither is journalled, and both are swept.
CREATE TABLE drafts (
    id         text   PRIMARY KEY,
    person_id  text   NOT NULL,
    kind       text   NOT NULL,
    data       bytea  NOT NULL,
    updated_at bigint NOT NULL
);
CREATE INDEX drafts_person ON drafts (person_id, updated_at);
CREATE INDEX drafts_age ON drafts (updated_at);

CREATE TABLE looks (
    proposal_id text   NOT NULL,
    person_id   text   NOT NULL,
    at          bigint NOT NULL,
    PRIMARY KEY (proposal_id, person_id)
);
CREATE INDEX looks_age ON looks (at);

CREATE INDEX sessions_person ON sessions (person_id);
