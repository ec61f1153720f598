-- +goose Up
-- Cases that were in the register before a case itself told so: by the state in which they stand, dated by the acts that
-- lead to it. What is not told by these stays out until the case moves on.
CREATE TABLE register_found AS
SELECT told.id, told.status,
    CASE WHEN told.status = 'past' AND told.moved = '' AND told.legacy THEN '' ELSE told.began END AS since,
    CASE told.status WHEN 'past' THEN coalesce(nullif(told.moved, ''), told.imported) ELSE '' END AS until
FROM (
    SELECT id,
        CASE WHEN state IN ('in_force', 'agreement_suspended', 'notice_given', 'title_conferred', 'title_presented', 'member',
                'grant_agreement_signed', 'implementation', 'settled', 'durability', 'participating', 'recorded') THEN 'current'
            WHEN stage = 'ended' THEN 'past' ELSE 'current' END AS status,
        coalesce(json_extract(body, '$.last_on.enter_into_force'), json_extract(body, '$.last_on.confer_title'),
            json_extract(body, '$.last_on.record_admission'), json_extract(body, '$.last_on.sign_grant_agreement'),
            json_extract(body, '$.last_on.start_participation'), json_extract(body, '$.last_on.import_legacy'), '') AS began,
        coalesce(json_extract(body, '$.last_on.import_legacy'), '') AS imported,
        coalesce(json_extract(body, '$.since.route'), '') AS moved,
        coalesce(json_extract(body, '$.legacy'), 0) AS legacy
    FROM cases
    WHERE instr(body, '"register":{') = 0 AND (
        state IN ('in_force', 'agreement_suspended', 'notice_given', 'title_conferred', 'title_presented', 'member',
            'grant_agreement_signed', 'implementation', 'settled', 'durability', 'participating', 'terminated', 'expired', 'superseded',
            'title_declined', 'title_revoked', 'withdrawn_membership', 'excluded', 'association_dissolved', 'closed')
        OR coalesce(json_extract(body, '$.legacy'), 0) OR json_extract(body, '$.last_on.start_participation') <> '')
) AS told;
UPDATE cases SET body = (
    SELECT '{"register":' || json_object('status', f.status, 'since', f.since, 'until', f.until,
        'since_year', CAST(substr(f.since, 1, 4) AS INTEGER), 'until_year', CAST(substr(f.until, 1, 4) AS INTEGER)) || ',' || substr(cases.body, 2)
    FROM register_found AS f WHERE f.id = cases.id
) WHERE cases.id IN (SELECT f.id FROM register_found AS f);
DROP TABLE register_found;

-- What a case is in the register stands in its body. It is listed by what stands here, so that the other cases, of which
-- there are many more, cost the register nothing, and it them little.
CREATE TABLE register (
    id         TEXT    NOT NULL PRIMARY KEY REFERENCES cases (id),
    status     TEXT    NOT NULL, -- current, past
    form       TEXT    NOT NULL,
    country    TEXT    NOT NULL,
    continent  TEXT    NOT NULL,
    partner_id TEXT    NOT NULL,
    fields     TEXT    NOT NULL, -- JSON array
    title_key  BLOB    NOT NULL, -- Polish collation key
    since      TEXT    NOT NULL, -- date, or year where no more is known; 9999-12-31 for none
    since_back TEXT    NOT NULL, -- the same, but empty for none
    year       INTEGER NOT NULL  -- of since; 0 for none
) STRICT;

CREATE VIEW register_entries AS
SELECT id, json_extract(body, '$.register.status') AS status, form, country, coalesce(json_extract(body, '$.partner.continent'), '') AS continent,
    partner_id, coalesce(json_extract(body, '$.fields'), '[]') AS fields, title_key,
    coalesce(nullif(json_extract(body, '$.register.since'), ''), CAST(nullif(json_extract(body, '$.register.since_year'), 0) AS TEXT), '9999-12-31') AS since,
    coalesce(nullif(json_extract(body, '$.register.since'), ''), CAST(nullif(json_extract(body, '$.register.since_year'), 0) AS TEXT), '') AS since_back,
    coalesce(json_extract(body, '$.register.since_year'), 0) AS year
FROM cases WHERE instr(body, '"register":{') > 0;

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
CREATE TRIGGER register_insert AFTER INSERT ON cases WHEN instr(NEW.body, '"register":{') > 0 BEGIN
    INSERT INTO register (id, status, form, country, continent, partner_id, fields, title_key, since, since_back, year)
    SELECT id, status, form, country, continent, partner_id, fields, title_key, since, since_back, year FROM register_entries WHERE id = NEW.id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER register_update AFTER UPDATE OF body ON cases WHEN instr(NEW.body, '"register":{') > 0 BEGIN
    INSERT INTO register (id, status, form, country, continent, partner_id, fields, title_key, since, since_back, year)
    SELECT id, status, form, country, continent, partner_id, fields, title_key, since, since_back, year FROM register_entries WHERE id = NEW.id
    ON CONFLICT (id) DO UPDATE SET status = excluded.status, form = excluded.form, country = excluded.country, continent = excluded.continent,
        partner_id = excluded.partner_id, fields = excluded.fields, title_key = excluded.title_key, since = excluded.since,
        since_back = excluded.since_back, year = excluded.year
    WHERE (register.status, register.form, register.country, register.continent, register.partner_id, register.fields, register.title_key, register.since, register.year)
        IS NOT (excluded.status, excluded.form, excluded.country, excluded.continent, excluded.partner_id, excluded.fields, excluded.title_key, excluded.since, excluded.year);
END;
-- +goose StatementEnd

-- A task's rule stands in its body, which never changes.
CREATE INDEX tasks_rule ON tasks (json_extract(body, '$.rule'), state, due_on, opened_at, id);
