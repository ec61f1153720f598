-- +goose Up
-- What another process writes meanwhile waits, so that no case is left out between the copy and the trigger.
LOCK TABLE cases IN SHARE ROW EXCLUSIVE MODE;

-- Cases that were in the register before a case itself told so: by the state in which they stand, dated by the acts that
-- lead to it. What is not told by these stays out until the case moves on.
UPDATE cases SET body = '{"register":' || jsonb_build_object('status', found.status, 'since', found.since, 'until', found.until,
    'since_year', coalesce(nullif(left(found.since, 4), ''), '0')::integer, 'until_year', coalesce(nullif(left(found.until, 4), ''), '0')::integer)::text || ',' || substr(cases.body, 2)
FROM (
    SELECT told.id, told.status,
        CASE WHEN told.status = 'past' AND told.moved = '' AND told.legacy THEN '' ELSE told.began END AS since,
        CASE told.status WHEN 'past' THEN coalesce(nullif(told.moved, ''), told.imported) ELSE '' END AS until
    FROM (
        SELECT id,
            CASE WHEN state IN ('in_force', 'agreement_suspended', 'notice_given', 'title_conferred', 'title_presented', 'member',
                    'grant_agreement_signed', 'implementation', 'settled', 'durability', 'participating', 'recorded') THEN 'current'
                WHEN stage = 'ended' THEN 'past' ELSE 'current' END AS status,
            coalesce(body::jsonb #>> '{last_on,enter_into_force}', body::jsonb #>> '{last_on,confer_title}', body::jsonb #>> '{last_on,record_admission}',
                body::jsonb #>> '{last_on,sign_grant_agreement}', body::jsonb #>> '{last_on,start_participation}', body::jsonb #>> '{last_on,import_legacy}', '') AS began,
            coalesce(body::jsonb #>> '{last_on,import_legacy}', '') AS imported,
            coalesce(body::jsonb #>> '{since,route}', '') AS moved,
            coalesce(body::jsonb ->> 'legacy', 'false') = 'true' AS legacy
        FROM cases
        WHERE strpos(body, '"register":{') = 0 AND (
            state IN ('in_force', 'agreement_suspended', 'notice_given', 'title_conferred', 'title_presented', 'member',
                'grant_agreement_signed', 'implementation', 'settled', 'durability', 'participating', 'terminated', 'expired', 'superseded',
                'title_declined', 'title_revoked', 'withdrawn_membership', 'excluded', 'association_dissolved', 'closed')
            OR coalesce(body::jsonb ->> 'legacy', 'false') = 'true' OR body::jsonb #>> '{last_on,start_participation}' <> '')
    ) AS told
) AS found
WHERE cases.id = found.id;

-- What a case is in the register stands in its body. It is listed by what stands here, so that the other cases, of which
-- there are many more, cost the register nothing, and it them little.
CREATE TABLE register (
    id         text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES cases (id),
    status     text COLLATE "C" NOT NULL, -- current, past
    form       text COLLATE "C" NOT NULL,
    country    text COLLATE "C" NOT NULL,
    continent  text COLLATE "C" NOT NULL,
    partner_id text COLLATE "C" NOT NULL,
    fields     text NOT NULL, -- JSON array
    title_key  bytea NOT NULL, -- Polish collation key
    since      text COLLATE "C" NOT NULL, -- date, or year where no more is known; 9999-12-31 for none
    since_back text COLLATE "C" NOT NULL, -- the same, but empty for none
    year       integer NOT NULL -- of since; 0 for none
);

CREATE VIEW register_entries AS
SELECT told.id, told.told #>> '{register,status}' AS status, told.form, told.country, coalesce(told.told #>> '{partner,continent}', '') AS continent,
    told.partner_id, coalesce((told.told -> 'fields')::text, '[]') AS fields, told.title_key,
    coalesce(nullif(told.told #>> '{register,since}', ''), nullif(told.told #>> '{register,since_year}', '0'), '9999-12-31') AS since,
    coalesce(nullif(told.told #>> '{register,since}', ''), nullif(told.told #>> '{register,since_year}', '0'), '') AS since_back,
    coalesce(told.told #>> '{register,since_year}', '0')::integer AS year
FROM (SELECT id, form, country, partner_id, title_key, body::jsonb AS told FROM cases WHERE strpos(body, '"register":{') > 0) AS told;

INSERT INTO register (id, status, form, country, continent, partner_id, fields, title_key, since, since_back, year)
SELECT id, status, form, country, continent, partner_id, fields, title_key, since, since_back, year FROM register_entries;

CREATE INDEX register_title ON register (title_key, id);
CREATE INDEX register_status ON register (status, title_key, id);
CREATE INDEX register_country ON register (country, title_key, id);
CREATE INDEX register_form ON register (form, title_key, id);
CREATE INDEX register_partner ON register (partner_id, title_key, id);
CREATE INDEX register_since ON register (since, id);
CREATE INDEX register_since_back ON register (since_back, id);

-- +goose StatementBegin
CREATE FUNCTION register_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO register (id, status, form, country, continent, partner_id, fields, title_key, since, since_back, year)
    SELECT e.id, e.status, e.form, e.country, e.continent, e.partner_id, e.fields, e.title_key, e.since, e.since_back, e.year
    FROM register_entries AS e WHERE e.id = NEW.id
    ON CONFLICT (id) DO UPDATE SET status = excluded.status, form = excluded.form, country = excluded.country, continent = excluded.continent,
        partner_id = excluded.partner_id, fields = excluded.fields, title_key = excluded.title_key, since = excluded.since,
        since_back = excluded.since_back, year = excluded.year
    WHERE (register.status, register.form, register.country, register.continent, register.partner_id, register.fields, register.title_key, register.since, register.year)
        IS DISTINCT FROM (excluded.status, excluded.form, excluded.country, excluded.continent, excluded.partner_id, excluded.fields, excluded.title_key, excluded.since, excluded.year);
    RETURN NULL;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER register_insert AFTER INSERT ON cases FOR EACH ROW WHEN (strpos(NEW.body, '"register":{') > 0) EXECUTE FUNCTION register_case();
CREATE TRIGGER register_update AFTER UPDATE OF body ON cases FOR EACH ROW WHEN (strpos(NEW.body, '"register":{') > 0) EXECUTE FUNCTION register_case();

-- A task's rule stands in its body, which never changes.
CREATE INDEX tasks_rule ON tasks ((body::jsonb ->> 'rule'), state, due_on, opened_at, id);
