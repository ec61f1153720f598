-- +goose Up
CREATE TABLE cases (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    version     bigint NOT NULL,
    form        text COLLATE "C" NOT NULL,
    state       text COLLATE "C" NOT NULL,
    stage       text NOT NULL,
    country     text COLLATE "C" NOT NULL,
    partner_id  text COLLATE "C" NOT NULL,
    number_key  text COLLATE "C" NOT NULL, -- year, serial, number
    title_key   bytea NOT NULL, -- Polish collation key
    created_at  bigint NOT NULL,
    updated_at  bigint NOT NULL,
    deadline_on text COLLATE "C" NOT NULL, -- of the next running deadline; 9999-12-31 for none
    due_on      text COLLATE "C" NOT NULL, -- the earliest of it and of the open tasks
    body        text NOT NULL  -- the proposal without its tasks
);
CREATE INDEX cases_updated ON cases (updated_at, id);
CREATE INDEX cases_created ON cases (created_at, id);
CREATE INDEX cases_number ON cases (number_key, id);
CREATE INDEX cases_title ON cases (title_key, id);
CREATE INDEX cases_due ON cases (due_on, id);
CREATE INDEX cases_state ON cases (state, updated_at, id);
CREATE INDEX cases_country ON cases (country, updated_at, id);
CREATE INDEX cases_partner ON cases (partner_id, updated_at, id);

-- Stands apart, so that a case that moves on leaves the index of its words alone.
CREATE TABLE cases_search (
    id     text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES cases (id),
    search text NOT NULL -- folded number, title, names of the partner
);

CREATE TABLE documents (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    proposal_id text COLLATE "C" NOT NULL REFERENCES cases (id),
    sha256      text COLLATE "C" NOT NULL,
    body        text NOT NULL
);
CREATE INDEX documents_proposal ON documents (proposal_id);
CREATE INDEX documents_sha256 ON documents (sha256);

CREATE TABLE comments (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    proposal_id text COLLATE "C" NOT NULL REFERENCES cases (id),
    author      text NOT NULL,
    text        text NOT NULL,
    at          bigint NOT NULL
);
CREATE INDEX comments_proposal ON comments (proposal_id, at, id);

CREATE TABLE scopes (
    scope   text COLLATE "C" NOT NULL PRIMARY KEY,
    version bigint NOT NULL
);

CREATE TABLE holders (
    scope       text COLLATE "C" NOT NULL,
    label       text COLLATE "C" NOT NULL,
    proposal_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (scope, label, proposal_id)
);
