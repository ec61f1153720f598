-- +goose Up
-- Every list is walked in the order asked for within what it is narrowed to, by an index of both. What a case is listed by
-- stands apart from the case but for the moment of its last change, because PostgreSQL writes to every index of a row that
-- changes, and most changes of a case touch nothing else of it.
--
-- What another process writes meanwhile waits, so that no case is left out between the copy and the trigger. The tables are
-- locked in the order in which writers write to them.
LOCK TABLE partners_search, cases, cases_search IN SHARE ROW EXCLUSIVE MODE;
CREATE TABLE cases_listed (
    id         text COLLATE "C" NOT NULL PRIMARY KEY,
    form       text COLLATE "C" NOT NULL,
    state      text COLLATE "C" NOT NULL,
    stage      text COLLATE "C" NOT NULL,
    country    text COLLATE "C" NOT NULL,
    partner_id text COLLATE "C" NOT NULL,
    number_key text COLLATE "C" NOT NULL,
    title_key  bytea NOT NULL,
    created_at bigint NOT NULL,
    due_on     text COLLATE "C" NOT NULL
);
INSERT INTO cases_listed (id, form, state, stage, country, partner_id, number_key, title_key, created_at, due_on)
SELECT id, form, state, stage, country, partner_id, number_key, title_key, created_at, due_on FROM cases;

-- +goose StatementBegin
CREATE FUNCTION list_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_listed (id, form, state, stage, country, partner_id, number_key, title_key, created_at, due_on)
    VALUES (NEW.id, NEW.form, NEW.state, NEW.stage, NEW.country, NEW.partner_id, NEW.number_key, NEW.title_key, NEW.created_at, NEW.due_on)
    ON CONFLICT (id) DO UPDATE SET form = excluded.form, state = excluded.state, stage = excluded.stage, country = excluded.country,
        partner_id = excluded.partner_id, number_key = excluded.number_key, title_key = excluded.title_key,
        created_at = excluded.created_at, due_on = excluded.due_on;
    RETURN NULL;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER cases_listed_insert AFTER INSERT ON cases FOR EACH ROW EXECUTE FUNCTION list_case();
CREATE TRIGGER cases_listed_update AFTER UPDATE ON cases FOR EACH ROW
WHEN ((OLD.form, OLD.state, OLD.stage, OLD.country, OLD.partner_id, OLD.number_key, OLD.title_key, OLD.created_at, OLD.due_on)
    IS DISTINCT FROM (NEW.form, NEW.state, NEW.stage, NEW.country, NEW.partner_id, NEW.number_key, NEW.title_key, NEW.created_at, NEW.due_on))
EXECUTE FUNCTION list_case();

-- By the last change, which stands in the case itself.
CREATE INDEX cases_form ON cases (form, updated_at, id);
CREATE INDEX cases_stage ON cases (stage, updated_at, id);
CREATE INDEX cases_passing ON cases (updated_at, id) WHERE due_on < '9999-12-31';
DROP INDEX cases_created;
DROP INDEX cases_number;
DROP INDEX cases_title;
DROP INDEX cases_due;

-- By what stands apart.
CREATE INDEX cases_listed_created ON cases_listed (created_at, id);
CREATE INDEX cases_listed_form_created ON cases_listed (form, created_at, id);
CREATE INDEX cases_listed_state_created ON cases_listed (state, created_at, id);
CREATE INDEX cases_listed_stage_created ON cases_listed (stage, created_at, id);
CREATE INDEX cases_listed_country_created ON cases_listed (country, created_at, id);
CREATE INDEX cases_listed_passing_created ON cases_listed (created_at, id) WHERE due_on < '9999-12-31';
CREATE INDEX cases_listed_number ON cases_listed (number_key, id);
CREATE INDEX cases_listed_form_number ON cases_listed (form, number_key, id);
CREATE INDEX cases_listed_state_number ON cases_listed (state, number_key, id);
CREATE INDEX cases_listed_stage_number ON cases_listed (stage, number_key, id);
CREATE INDEX cases_listed_country_number ON cases_listed (country, number_key, id);
CREATE INDEX cases_listed_passing_number ON cases_listed (number_key, id) WHERE due_on < '9999-12-31';
CREATE INDEX cases_listed_title ON cases_listed (title_key, id);
CREATE INDEX cases_listed_form_title ON cases_listed (form, title_key, id);
CREATE INDEX cases_listed_state_title ON cases_listed (state, title_key, id);
CREATE INDEX cases_listed_stage_title ON cases_listed (stage, title_key, id);
CREATE INDEX cases_listed_country_title ON cases_listed (country, title_key, id);
CREATE INDEX cases_listed_passing_title ON cases_listed (title_key, id) WHERE due_on < '9999-12-31';
CREATE INDEX cases_listed_due ON cases_listed (due_on, id);
CREATE INDEX cases_listed_form_due ON cases_listed (form, due_on, id);
CREATE INDEX cases_listed_state_due ON cases_listed (state, due_on, id);
CREATE INDEX cases_listed_stage_due ON cases_listed (stage, due_on, id);
CREATE INDEX cases_listed_country_due ON cases_listed (country, due_on, id);
CREATE INDEX cases_listed_partner ON cases_listed (partner_id);

-- Words are found by their beginnings. What is neither a letter nor a digit parts them, so that the parser meets no
-- addresses or paths.
-- +goose StatementBegin
CREATE FUNCTION words(given text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
    SELECT to_tsvector('pg_catalog.simple'::regconfig, regexp_replace(given,
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7'
        '\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\ufe10-\ufe6f]+', ' ', 'g'));
$$;
-- +goose StatementEnd
CREATE INDEX cases_search_begun ON cases_search USING gin (words(search));
CREATE INDEX partners_search_begun ON partners_search USING gin (words(search));

-- A number stands in the key of its order behind the year and the serial number.
CREATE INDEX cases_listed_numbered ON cases_listed (substr(number_key, 17));
