-- +goose Up
-- A group of changes is committed by one statement, SELECT … FROM commit_group(…), in the transaction of that statement.
-- Locks are taken in one order: keys, cases, tasks, partners, people, scopes, counter. A change that is refused fails
-- alone: HJ001 is a stale row, HJ002 a unique value that is taken, HJ003 a key that was used; the message says what, the
-- detail which. Byte strings stand in the array blobs; the document holds their places, from 1.

-- lock_group locks what the changes write or rest on; a scope that nothing was ever held in gets its row for it.
-- +goose StatementBegin
CREATE FUNCTION lock_group(case_ids text[], task_ids text[], partner_ids text[], person_ids text[], scope_names text[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(task_ids) > 0 THEN
        case_ids := case_ids || ARRAY(SELECT proposal_id FROM tasks WHERE id = ANY (task_ids));
    END IF;
    IF cardinality(case_ids) > 0 THEN
        PERFORM FROM cases WHERE id = ANY (case_ids) ORDER BY id FOR NO KEY UPDATE;
    END IF;
    IF cardinality(task_ids) > 0 THEN
        PERFORM FROM tasks WHERE id = ANY (task_ids) ORDER BY id FOR NO KEY UPDATE;
    END IF;
    IF cardinality(partner_ids) > 0 THEN
        PERFORM FROM partners WHERE id = ANY (partner_ids) ORDER BY id FOR UPDATE;
    END IF;
    IF cardinality(person_ids) > 0 THEN
        PERFORM FROM people WHERE id = ANY (person_ids) ORDER BY id FOR UPDATE;
    END IF;
    IF cardinality(scope_names) > 0 THEN
        INSERT INTO scopes (scope, version) SELECT DISTINCT name COLLATE "C", 0 FROM unnest(scope_names) AS name ORDER BY 1
        ON CONFLICT DO NOTHING;
        PERFORM FROM scopes WHERE scope = ANY (scope_names) ORDER BY scope FOR UPDATE;
    END IF;
END
$$;
-- +goose StatementEnd

-- refuse ends a change: it raises the code, with what stands against it and which.
-- +goose StatementBegin
CREATE FUNCTION refuse(code text, what text, which text) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    RAISE EXCEPTION USING ERRCODE = code, MESSAGE = what, DETAIL = which;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION write_partners(partners jsonb, blobs bytea[]) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    p record;
    holder text;
BEGIN
    FOR p IN SELECT * FROM jsonb_to_recordset(partners) AS p (
        expect bigint, id text, version bigint, fold text, country text, kind text, name_key int, search text, body text)
    LOOP
        IF p.expect > 0 AND NOT EXISTS (SELECT FROM partners WHERE id = p.id AND version = p.expect) THEN
            PERFORM refuse('HJ001', 'partner', p.id);
        END IF;
        SELECT id INTO holder FROM partners
        WHERE (fold = p.fold AND country = p.country AND kind = p.kind AND (p.expect = 0 OR id <> p.id)) OR (p.expect = 0 AND id = p.id);
        IF FOUND THEN
            PERFORM refuse('HJ002', 'partner', holder);
        END IF;
        INSERT INTO partners (id, version, fold, country, kind, name_key, body)
        VALUES (p.id, p.version, p.fold, p.country, p.kind, blobs[p.name_key], p.body)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, fold = excluded.fold, country = excluded.country,
            kind = excluded.kind, name_key = excluded.name_key, body = excluded.body;
        INSERT INTO partners_search (id, search) VALUES (p.id, p.search)
        ON CONFLICT (id) DO UPDATE SET search = excluded.search;
    END LOOP;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION write_people(people jsonb) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    p record;
    holder text;
BEGIN
    FOR p IN SELECT * FROM jsonb_to_recordset(people) AS p (
        expect bigint, id text, name text, full_name text, roles text, password_hash text, must_change boolean,
        disabled boolean, version bigint, created_at bigint)
    LOOP
        IF p.expect > 0 AND NOT EXISTS (SELECT FROM people WHERE id = p.id AND version = p.expect) THEN
            PERFORM refuse('HJ001', 'person', p.id);
        END IF;
        SELECT id INTO holder FROM people WHERE (name = p.name AND (p.expect = 0 OR id <> p.id)) OR (p.expect = 0 AND id = p.id);
        IF FOUND THEN
            PERFORM refuse('HJ002', 'person', holder);
        END IF;
        INSERT INTO people (id, name, full_name, roles, password_hash, must_change, disabled, version, created_at)
        VALUES (p.id, p.name, p.full_name, p.roles, p.password_hash, p.must_change, p.disabled, p.version, p.created_at)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, full_name = excluded.full_name, roles = excluded.roles,
            password_hash = excluded.password_hash, must_change = excluded.must_change, disabled = excluded.disabled,
            version = excluded.version, created_at = excluded.created_at;
    END LOOP;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION write_cases(cases jsonb, blobs bytea[]) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    c record;
BEGIN
    FOR c IN SELECT * FROM jsonb_to_recordset(cases) AS c (
        expect bigint, id text, version bigint, form text, state text, stage text, country text, partner_id text,
        number_key text, title_key int, search text, created_at bigint, updated_at bigint, deadline_on text, body text)
    LOOP
        IF c.expect = 0 THEN
            INSERT INTO cases (id, version, form, state, stage, country, partner_id, number_key, title_key, created_at, updated_at,
                deadline_on, due_on, body)
            VALUES (c.id, c.version, c.form, c.state, c.stage, c.country, c.partner_id, c.number_key, blobs[c.title_key], c.created_at,
                c.updated_at, c.deadline_on, c.deadline_on, c.body)
            ON CONFLICT DO NOTHING;
            IF NOT FOUND THEN
                PERFORM refuse('HJ002', 'case', c.id);
            END IF;
            INSERT INTO cases_search (id, search) VALUES (c.id, c.search);
        ELSE
            UPDATE cases SET version = c.version, form = c.form, state = c.state, stage = c.stage, country = c.country,
                partner_id = c.partner_id, number_key = c.number_key, title_key = blobs[c.title_key], created_at = c.created_at,
                updated_at = c.updated_at, deadline_on = c.deadline_on, body = c.body,
                due_on = least(c.deadline_on, (SELECT min(tasks.due_on) FROM tasks WHERE proposal_id = c.id AND tasks.state = 'open'))
            WHERE id = c.id AND version = c.expect;
            IF NOT FOUND THEN
                PERFORM refuse('HJ001', 'case', c.id);
            END IF;
            UPDATE cases_search SET search = c.search WHERE id = c.id AND search <> c.search;
        END IF;
    END LOOP;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION write_tasks(tasks jsonb) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    t record;
    touched text[] := '{}';
    belongs text;
BEGIN
    FOR t IN SELECT * FROM jsonb_to_recordset(tasks) AS t (
        act text, expect_assignee text, id text, proposal_id text, form text, role text, state text, outcome text, assignee text,
        opened_at bigint, closed_at bigint, due_on text, overdue boolean, body text)
    LOOP
        belongs := NULL;
        CASE t.act
            WHEN 'insert' THEN
                INSERT INTO tasks (id, proposal_id, form, role, state, outcome, assignee, opened_at, closed_at, due_on, overdue, body)
                VALUES (t.id, t.proposal_id, t.form, t.role, t.state, t.outcome, t.assignee, t.opened_at, t.closed_at, t.due_on, t.overdue, t.body)
                RETURNING tasks.proposal_id INTO belongs;
                touched := touched || belongs;
            WHEN 'close' THEN
                UPDATE tasks SET state = t.state, outcome = t.outcome, closed_at = t.closed_at
                WHERE id = t.id AND tasks.state = 'open' RETURNING tasks.proposal_id INTO belongs;
                touched := touched || belongs;
            WHEN 'assign' THEN
                UPDATE tasks SET assignee = t.assignee
                WHERE id = t.id AND tasks.state = 'open' AND tasks.assignee = t.expect_assignee RETURNING tasks.proposal_id INTO belongs;
            WHEN 'mark_overdue' THEN
                UPDATE tasks SET overdue = true
                WHERE id = t.id AND tasks.state = 'open' AND NOT tasks.overdue RETURNING tasks.proposal_id INTO belongs;
        END CASE;
        IF belongs IS NULL THEN
            PERFORM refuse('HJ001', 'task', t.id);
        END IF;
    END LOOP;
    UPDATE cases SET due_on = least(deadline_on,
        (SELECT min(tasks.due_on) FROM tasks WHERE tasks.proposal_id = cases.id AND tasks.state = 'open'))
    WHERE id = ANY (touched);
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION write_attached(documents jsonb, comments jsonb) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    d record;
BEGIN
    FOR d IN SELECT * FROM jsonb_to_recordset(documents) AS d (id text, proposal_id text, sha256 text, body text)
    LOOP
        INSERT INTO documents (id, proposal_id, sha256, body) VALUES (d.id, d.proposal_id, d.sha256, d.body) ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
            PERFORM refuse('HJ002', 'document', d.id);
        END IF;
    END LOOP;
    INSERT INTO comments (id, proposal_id, author, text, at)
    SELECT c.id, c.proposal_id, c.author, c.text, c.at
    FROM jsonb_to_recordset(comments) AS c (id text, proposal_id text, author text, text text, at bigint);
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION write_facts(reads jsonb, holds jsonb) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    s record;
BEGIN
    FOR s IN SELECT * FROM jsonb_to_recordset(reads) AS s (scope text, version bigint)
    LOOP
        IF NOT EXISTS (SELECT FROM scopes WHERE scope = s.scope AND version = s.version) THEN
            PERFORM refuse('HJ001', 'scope', s.scope);
        END IF;
    END LOOP;
    FOR s IN SELECT * FROM jsonb_to_recordset(holds) AS s (scope text, label text, proposal_id text, release boolean)
    LOOP
        IF s.release THEN
            DELETE FROM holders WHERE scope = s.scope AND label = s.label AND proposal_id = s.proposal_id;
        ELSE
            INSERT INTO holders (scope, label, proposal_id) VALUES (s.scope, s.label, s.proposal_id) ON CONFLICT DO NOTHING;
        END IF;
        UPDATE scopes SET version = version + 1 WHERE scope = s.scope;
    END LOOP;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION write_logins(tokens jsonb, subscribers jsonb) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    s record;
BEGIN
    INSERT INTO tokens (id, person_id, hash, created_at, expires_at)
    SELECT t.id, t.person_id, t.hash, t.created_at, t.expires_at
    FROM jsonb_to_recordset(tokens) AS t (id text, person_id text, hash text, created_at bigint, expires_at bigint);
    FOR s IN SELECT * FROM jsonb_to_recordset(subscribers) AS s (
        replace boolean, name text, password_hash text, allow text, disabled boolean, created_at bigint)
    LOOP
        INSERT INTO subscribers (name, password_hash, allow, disabled, created_at)
        VALUES (s.name, s.password_hash, s.allow, s.disabled, s.created_at)
        ON CONFLICT (name) DO UPDATE SET password_hash = excluded.password_hash, allow = excluded.allow,
            disabled = excluded.disabled, created_at = excluded.created_at WHERE s.replace;
        IF NOT FOUND THEN
            PERFORM refuse('HJ002', 'subscriber', s.name);
        END IF;
    END LOOP;
END
$$;
-- +goose StatementEnd

-- apply_change writes the rows of one change but for its entries.
-- +goose StatementBegin
CREATE FUNCTION apply_change(change jsonb, blobs bytea[]) RETURNS void LANGUAGE plpgsql AS $$
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
END
$$;
-- +goose StatementEnd

-- append_entries gives the entries of the accepted changes their positions and answers where those of each change begin,
-- by its place; 0 for one without entries. The counter is locked last, so that it is locked shortly.
-- +goose StatementBegin
CREATE FUNCTION append_entries(changes jsonb, blobs bytea[], accepted integer[]) RETURNS bigint[] LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    total bigint := 0;
    total_public bigint := 0;
    last bigint;
    last_public bigint;
    firsts bigint[] := array_fill(0::bigint, ARRAY[jsonb_array_length(changes)]);
    entries jsonb;
    n integer;
    e record;
BEGIN
    FOREACH n IN ARRAY accepted LOOP
        entries := changes -> n -> 'entries';
        IF entries IS NOT NULL THEN
            total := total + jsonb_array_length(entries);
            total_public := total_public + jsonb_array_length(jsonb_path_query_array(entries, '$[*].public'));
        END IF;
    END LOOP;
    IF total = 0 THEN
        RETURN firsts;
    END IF;
    UPDATE counter SET pos = pos + total, public_pos = public_pos + total_public
    RETURNING pos - total, public_pos - total_public INTO last, last_public;
    FOREACH n IN ARRAY accepted LOOP
        entries := changes -> n -> 'entries';
        CONTINUE WHEN entries IS NULL;
        firsts[n + 1] := last + 1;
        FOR e IN SELECT * FROM jsonb_to_recordset(entries) AS e (
            id text, kind text, proposal_id text, seq bigint, cause text, subject text, text int, public_id text, public_subject text, public int, personal jsonb)
        LOOP
            last := last + 1;
            IF e.public IS NOT NULL THEN
                last_public := last_public + 1;
            END IF;
            INSERT INTO journal (pos, public_pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf, public_id, public_subject, public_text)
            VALUES (last, CASE WHEN e.public IS NOT NULL THEN last_public END, (changes -> n ->> 'at')::bigint, e.id, e.kind, e.proposal_id, e.seq,
                e.cause, e.subject, blobs[e.text], sha256('\x00'::bytea || blobs[e.text]), e.public_id, e.public_subject, blobs[e.public]);
            IF e.personal IS NOT NULL THEN
                INSERT INTO personal (pos, pointer, value, salt)
                SELECT last, p.pointer, blobs[p.value], blobs[p.salt]
                FROM jsonb_to_recordset(e.personal) AS p (pointer text, value int, salt int);
            END IF;
        END LOOP;
    END LOOP;
    RETURN firsts;
END
$$;
-- +goose StatementEnd

-- take_keys writes the answers of the changes that have a key, and answers the places of those whose key was free.
-- +goose StatementBegin
CREATE FUNCTION take_keys(changes jsonb, blobs bytea[]) RETURNS integer[] LANGUAGE sql AS $$
    WITH wanted AS (
        SELECT (c.ordinality - 1)::int AS n, (c.value ->> 'at')::bigint AS at, k.*
        FROM jsonb_array_elements(changes) WITH ORDINALITY AS c, jsonb_to_record(c.value -> 'key') AS k (
            person text, method text, path text, key text, body_hash text, status bigint, location text, etag text, body int)
        WHERE c.value ? 'key'
    ), taken AS (
        INSERT INTO answers (person, method, path, key, body_hash, status, location, etag, body, first_pos, at)
        SELECT w.person, w.method, w.path, w.key, w.body_hash, w.status, w.location, w.etag, blobs[w.body], 0, w.at FROM wanted AS w
        ORDER BY w.person COLLATE "C", w.method COLLATE "C", w.path COLLATE "C", w.key COLLATE "C"
        ON CONFLICT DO NOTHING
        RETURNING person, method, path, key
    )
    SELECT coalesce(array_agg(wanted.n), '{}') FROM wanted JOIN taken USING (person, method, path, key);
$$;
-- +goose StatementEnd

-- settle_key completes the answer of an accepted change, and frees the key of a refused one.
-- +goose StatementBegin
CREATE FUNCTION settle_key(taken jsonb, accepted boolean, first bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF accepted THEN
        UPDATE answers SET first_pos = first
        WHERE person = taken ->> 'person' AND method = taken ->> 'method' AND path = taken ->> 'path' AND key = taken ->> 'key';
    ELSE
        DELETE FROM answers
        WHERE person = taken ->> 'person' AND method = taken ->> 'method' AND path = taken ->> 'path' AND key = taken ->> 'key';
    END IF;
END
$$;
-- +goose StatementEnd

-- commit_group commits what can be committed of a group and answers with one row for each change, by its place from 0.
-- The arrays name what is to be locked. No key may stand in a group twice.
-- +goose StatementBegin
CREATE FUNCTION commit_group(
    changes jsonb, blobs bytea[], keyed boolean, case_ids text[], task_ids text[], partner_ids text[], person_ids text[], scope_names text[])
RETURNS TABLE (place integer, refusal text, what text, which text, first_pos bigint) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    n integer;
    fresh integer[] := '{}';
    accepted integer[] := '{}';
    firsts bigint[];
BEGIN
    IF keyed THEN
        fresh := take_keys(changes, blobs);
    END IF;
    PERFORM lock_group(case_ids, task_ids, partner_ids, person_ids, scope_names);
    FOR n IN 0 .. jsonb_array_length(changes) - 1 LOOP
        BEGIN
            IF keyed AND changes -> n ? 'key' AND n <> ALL (fresh) THEN
                PERFORM refuse('HJ003', 'key', changes -> n -> 'key' ->> 'key');
            END IF;
            PERFORM apply_change(changes -> n, blobs);
            accepted := accepted || n;
        EXCEPTION
            WHEN SQLSTATE 'HJ001' OR SQLSTATE 'HJ002' OR SQLSTATE 'HJ003' THEN
                GET STACKED DIAGNOSTICS refusal = RETURNED_SQLSTATE, what = MESSAGE_TEXT, which = PG_EXCEPTION_DETAIL;
                place := n;
                first_pos := 0;
                RETURN NEXT;
        END;
    END LOOP;
    firsts := append_entries(changes, blobs, accepted);
    FOREACH n IN ARRAY fresh LOOP
        PERFORM settle_key(changes -> n -> 'key', n = ANY (accepted), firsts[n + 1]);
    END LOOP;
    RETURN QUERY SELECT a, '', '', '', firsts[a + 1] FROM unnest(accepted) AS a;
END
$$;
-- +goose StatementEnd
