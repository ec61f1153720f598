-- +goose Up
CREATE TABLE partners (
    id       text COLLATE "C" NOT NULL PRIMARY KEY,
    version  bigint NOT NULL,
    fold     text COLLATE "C" NOT NULL,
    country  text COLLATE "C" NOT NULL,
    kind     text COLLATE "C" NOT NULL,
    name_key bytea NOT NULL, -- Polish collation key
    body     text NOT NULL,
    UNIQUE (fold, country, kind)
);
CREATE INDEX partners_name ON partners (name_key, id);
CREATE INDEX partners_country ON partners (country, name_key, id);

CREATE TABLE partners_search (
    id     text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES partners (id),
    search text NOT NULL -- folded names
);
