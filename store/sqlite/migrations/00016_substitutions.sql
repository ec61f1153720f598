-- +goose Up
-- Who acts for whom while they are absent, on half-open days.
CREATE TABLE substitutions (
    id         TEXT    NOT NULL PRIMARY KEY,
    absent     TEXT    NOT NULL,
    substitute TEXT    NOT NULL,
    from_day   TEXT    NOT NULL,
    until_day  TEXT    NOT NULL, -- the first day after
    roles      TEXT    NOT NULL, -- JSON array; empty: all that move something
    reason     TEXT    NOT NULL,
    set_by     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at   INTEGER NOT NULL -- 0: not ended before its time
) STRICT;
CREATE INDEX substitutions_absent ON substitutions (absent, until_day) WHERE ended_at = 0;
CREATE INDEX substitutions_substitute ON substitutions (substitute, until_day) WHERE ended_at = 0;
CREATE INDEX substitutions_absent_list ON substitutions (absent, created_at, id);
CREATE INDEX substitutions_substitute_list ON substitutions (substitute, created_at, id);
CREATE INDEX substitutions_list ON substitutions (created_at, id);
