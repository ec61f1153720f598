-- +goose Up
CREATE TABLE answers (
    person    text COLLATE "C" NOT NULL,
    method    text COLLATE "C" NOT NULL,
    path      text COLLATE "C" NOT NULL,
    key       text COLLATE "C" NOT NULL,
    body_hash text NOT NULL,
    status    bigint NOT NULL,
    location  text NOT NULL,
    etag      text NOT NULL,
    body      bytea NOT NULL,
    first_pos bigint NOT NULL,
    at        bigint NOT NULL,
    PRIMARY KEY (person, method, path, key)
);
CREATE INDEX answers_at ON answers (at);

CREATE TABLE serials (
    series text COLLATE "C" NOT NULL PRIMARY KEY,
    last   bigint NOT NULL
);
