-- +goose Up
CREATE TABLE people (
    id            text COLLATE "C" NOT NULL PRIMARY KEY,
    name          text COLLATE "C" NOT NULL UNIQUE,
    full_name     text NOT NULL,
    roles         text NOT NULL, -- JSON array
    password_hash text NOT NULL,
    must_change   boolean NOT NULL,
    disabled      boolean NOT NULL,
    version       bigint NOT NULL,
    created_at    bigint NOT NULL
);

CREATE TABLE tokens (
    id         text COLLATE "C" NOT NULL PRIMARY KEY,
    person_id  text COLLATE "C" NOT NULL REFERENCES people (id),
    hash       text COLLATE "C" NOT NULL UNIQUE,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL -- 0: never
);
CREATE INDEX tokens_expiry ON tokens (expires_at) WHERE expires_at > 0;

CREATE TABLE sessions (
    hash       text COLLATE "C" NOT NULL PRIMARY KEY,
    person_id  text COLLATE "C" NOT NULL,
    data       bytea NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE subscribers (
    name          text COLLATE "C" NOT NULL PRIMARY KEY,
    password_hash text NOT NULL,
    allow         text NOT NULL, -- JSON array of subjects
    disabled      boolean NOT NULL,
    created_at    bigint NOT NULL
);
