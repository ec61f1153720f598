-- +goose Up
-- Who acts for whom while they are absent, on half-open days.
CREATE TABLE substitutions (
    id         text COLLATE "C" NOT NULL PRIMARY KEY,
    absent     text COLLATE "C" NOT NULL,
    substitute text COLLATE "C" NOT NULL,
    from_day   text COLLATE "C" NOT NULL,
    until_day  text COLLATE "C" NOT NULL, -- the first day after
    roles      text NOT NULL, -- JSON array; empty: all that move something
    reason     text NOT NULL,
    set_by     text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    ended_at   bigint NOT NULL -- 0: not ended before its time
);
CREATE INDEX substitutions_absent ON substitutions (absent, until_day) WHERE ended_at = 0;
CREATE INDEX substitutions_substitute ON substitutions (substitute, until_day) WHERE ended_at = 0;
CREATE INDEX substitutions_absent_list ON substitutions (absent, created_at, id);
CREATE INDEX substitutions_substitute_list ON substitutions (substitute, created_at, id);
CREATE INDEX substitutions_list ON substitutions (created_at, id);

-- +goose StatementBegin
CREATE FUNCTION write_substitutions(substitutions jsonb) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    s record;
BEGIN
    FOR s IN SELECT * FROM jsonb_to_recordset(substitutions) AS s (
        ends boolean, id text, absent text, substitute text, from_day text, until_day text, roles text, reason text, set_by text,
        created_at bigint, ended_at bigint)
    LOOP
        IF s.ends THEN
            UPDATE substitutions SET ended_at = s.ended_at WHERE id = s.id AND substitutions.ended_at = 0;
            IF NOT FOUND THEN
                PERFORM refuse('HJ001', 'substitution', s.id);
            END IF;
        ELSE
            INSERT INTO substitutions (id, absent, substitute, from_day, until_day, roles, reason, set_by, created_at, ended_at)
            VALUES (s.id, s.absent, s.substitute, s.from_day, s.until_day, s.roles, s.reason, s.set_by, s.created_at, s.ended_at);
        END IF;
    END LOOP;
END
$$;
-- +goose StatementEnd

-- apply_change as before, and substitutions.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION apply_change(change jsonb, blobs bytea[]) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    IF change ? 'partners' THEN
        PERFORM write_partners(change -> 'partners', blobs);
    END IF;
    IF change ? 'people' THEN
        PERFORM write_people(change -> 'people');
    END IF;
    IF change ? 'cases' THEN
        PERFORM write_cases(change -> 'cases', blobs);
    END IF;
    IF change ? 'tasks' THEN
        PERFORM write_tasks(change -> 'tasks');
    END IF;
    IF change ? 'documents' OR change ? 'comments' THEN
        PERFORM write_attached(coalesce(change -> 'documents', '[]'), coalesce(change -> 'comments', '[]'));
    END IF;
    IF change ? 'scopes' OR change ? 'holds' THEN
        PERFORM write_facts(coalesce(change -> 'scopes', '[]'), coalesce(change -> 'holds', '[]'));
    END IF;
    IF change ? 'tokens' OR change ? 'subscribers' THEN
        PERFORM write_logins(coalesce(change -> 'tokens', '[]'), coalesce(change -> 'subscribers', '[]'));
    END IF;
    IF change ? 'substitutions' THEN
        PERFORM write_substitutions(change -> 'substitutions');
    END IF;
END
$$;
-- +goose StatementEnd
