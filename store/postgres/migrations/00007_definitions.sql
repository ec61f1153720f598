-- +goose Up
CREATE TABLE definitions (
    digest  text COLLATE "C" NOT NULL PRIMARY KEY,
    form    text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    source  bytea NOT NULL
);
