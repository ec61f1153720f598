-- +goose Up
-- Most groups hold nothing but cases that move on, with their entries. commit_moves commits such a group by a few
-- statements over all its changes. It commits all of them or none: where one is refused it fails, and commit_group finds
-- out which. The changes rest on one another in nothing: no case, task, key or scope that one writes is named by another.
--
-- Arrays with the same first letters are columns of a table, a row to each place: k_ keys with their answers, c_ cases by
-- ascending id, e_ entries in the order of their positions, p_ personal values. What is rarer stands in others, which is
-- NULL where there is none of it. Places of entries count from 1. Locks are taken in the order that commit_group has.

-- write_others writes what others holds but for scopes: first new cases, then what belongs to cases.
-- +goose StatementBegin
CREATE FUNCTION write_others(others jsonb) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    done bigint;
BEGIN
    IF others ? 'cases' THEN
        INSERT INTO cases (id, version, form, state, stage, country, partner_id, number_key, title_key, created_at, updated_at,
            deadline_on, due_on, body)
        SELECT c.id, c.version, c.form, c.state, c.stage, c.country, c.partner_id, c.number_key, decode(c.title_key, 'base64'),
            c.created_at, c.updated_at, c.deadline_on, c.due_on, c.body
        FROM jsonb_to_recordset(others -> 'cases') AS c (
            id text, version bigint, form text, state text, stage text, country text, partner_id text, number_key text, title_key text,
            created_at bigint, updated_at bigint, deadline_on text, due_on text, body text);
        INSERT INTO cases_search (id, search)
        SELECT c.id, c.search FROM jsonb_to_recordset(others -> 'cases') AS c (id text, search text);
    END IF;
    IF others ? 'closed' THEN
        UPDATE tasks SET state = t.state, outcome = t.outcome, closed_at = t.closed_at
        FROM jsonb_to_recordset(others -> 'closed') AS t (id text, proposal_id text, state text, outcome text, closed_at bigint)
        WHERE tasks.id = t.id AND tasks.proposal_id = t.proposal_id AND tasks.state = 'open';
        GET DIAGNOSTICS done = ROW_COUNT;
        IF done <> jsonb_array_length(others -> 'closed') THEN
            PERFORM refuse('HJ001', 'task', '');
        END IF;
    END IF;
    IF others ? 'tasks' THEN
        INSERT INTO tasks (id, proposal_id, form, role, state, outcome, assignee, opened_at, closed_at, due_on, overdue, body)
        SELECT t.id, t.proposal_id, t.form, t.role, t.state, t.outcome, t.assignee, t.opened_at, t.closed_at, t.due_on, t.overdue, t.body
        FROM jsonb_to_recordset(others -> 'tasks') AS t (
            id text, proposal_id text, form text, role text, state text, outcome text, assignee text, opened_at bigint, closed_at bigint,
            due_on text, overdue boolean, body text);
    END IF;
    IF others ? 'documents' THEN
        INSERT INTO documents (id, proposal_id, sha256, body)
        SELECT d.id, d.proposal_id, d.sha256, d.body
        FROM jsonb_to_recordset(others -> 'documents') AS d (id text, proposal_id text, sha256 text, body text);
    END IF;
    IF others ? 'comments' THEN
        INSERT INTO comments (id, proposal_id, author, text, at)
        SELECT c.id, c.proposal_id, c.author, c.text, c.at
        FROM jsonb_to_recordset(others -> 'comments') AS c (id text, proposal_id text, author text, text text, at bigint);
    END IF;
END
$$;
-- +goose StatementEnd

-- write_scopes checks the versions of scopes that were read, before it raises those that are written. Their names come in
-- ascending order.
-- +goose StatementBegin
CREATE FUNCTION write_scopes(names jsonb, reads jsonb, holds jsonb) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    wanted text[] := ARRAY(SELECT jsonb_array_elements_text(names));
BEGIN
    INSERT INTO scopes (scope, version)
    SELECT n.name, 0 FROM unnest(wanted) AS n (name) WHERE NOT EXISTS (SELECT FROM scopes WHERE scope = n.name)
    ON CONFLICT DO NOTHING;
    PERFORM FROM scopes WHERE scope = ANY (wanted) ORDER BY scope FOR UPDATE;
    IF EXISTS (
        SELECT FROM jsonb_to_recordset(reads) AS r (scope text, version bigint)
        WHERE NOT EXISTS (SELECT FROM scopes WHERE scopes.scope = r.scope AND scopes.version = r.version)
    ) THEN
        PERFORM refuse('HJ001', 'scope', '');
    END IF;
    DELETE FROM holders USING jsonb_to_recordset(holds) AS h (scope text, label text, proposal_id text, release boolean)
    WHERE h.release AND holders.scope = h.scope AND holders.label = h.label AND holders.proposal_id = h.proposal_id;
    INSERT INTO holders (scope, label, proposal_id)
    SELECT h.scope, h.label, h.proposal_id
    FROM jsonb_to_recordset(holds) AS h (scope text, label text, proposal_id text, release boolean) WHERE NOT h.release
    ON CONFLICT DO NOTHING;
    UPDATE scopes SET version = version + h.times
    FROM (SELECT scope, count(*) AS times FROM jsonb_to_recordset(holds) AS h (scope text) GROUP BY scope) AS h
    WHERE scopes.scope = h.scope;
END
$$;
-- +goose StatementEnd

-- commit_moves commits a group and answers with the position before that of its first entry. k_lock stands for the keys, so
-- that none is used twice at once; k_first is the place of an answer's first entry, 0 for none. c_task_due is NULL for a
-- case whose deadline and tasks stay as they are, otherwise the earliest due date of its new tasks. hold says that there is
-- a case for which it is not NULL. e_public counts the public entries, 0 for one that is not public.
-- +goose StatementBegin
CREATE FUNCTION commit_moves(
    k_lock bigint[], k_person text[], k_method text[], k_path text[], k_key text[], k_body_hash text[], k_status bigint[],
    k_location text[], k_etag text[], k_body bytea[], k_first bigint[], k_at bigint[],
    c_id text[], c_expect bigint[], c_version bigint[], c_state text[], c_stage text[], c_updated_at bigint[], c_deadline_on text[],
    c_task_due text[], c_body text[], hold boolean, others jsonb,
    e_at bigint[], e_id text[], e_kind text[], e_proposal_id text[], e_seq bigint[], e_cause text[], e_subject text[], e_text bytea[],
    e_leaf bytea[], e_public bigint[], e_public_id text[], e_public_subject text[], e_public_text bytea[], publics bigint,
    p_entry bigint[], p_pointer text[], p_value bytea[], p_salt bytea[])
RETURNS bigint LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    done bigint;
    entries bigint := cardinality(e_id);
    last bigint := 0;
    last_public bigint;
BEGIN
    IF cardinality(k_lock) > 0 THEN
        PERFORM pg_advisory_xact_lock(k.lock) FROM unnest(k_lock) AS k (lock);
    END IF;
    IF hold THEN
        PERFORM FROM cases WHERE id = ANY (c_id) ORDER BY id FOR NO KEY UPDATE;
    END IF;
    IF cardinality(c_id) > 0 THEN
        UPDATE cases SET version = c.version, state = c.state, stage = c.stage, updated_at = c.updated_at, body = c.body,
            deadline_on = c.deadline_on, due_on = CASE WHEN c.task_due IS NULL THEN cases.due_on ELSE
                least(c.deadline_on, c.task_due, (SELECT min(t.due_on) FROM tasks AS t WHERE t.proposal_id = c.id AND t.state = 'open'
                    AND NOT coalesce(others -> 'closing' ? t.id, false))) END
        FROM unnest(c_id, c_expect, c_version, c_state, c_stage, c_updated_at, c_deadline_on, c_task_due, c_body)
            AS c (id, expect, version, state, stage, updated_at, deadline_on, task_due, body)
        WHERE cases.id = c.id AND cases.version = c.expect;
        GET DIAGNOSTICS done = ROW_COUNT;
        IF done <> cardinality(c_id) THEN
            PERFORM refuse('HJ001', 'case', '');
        END IF;
    END IF;
    IF others IS NOT NULL THEN
        PERFORM write_others(others);
        IF others ? 'names' THEN
            PERFORM write_scopes(others -> 'names', coalesce(others -> 'scopes', '[]'), coalesce(others -> 'holds', '[]'));
        END IF;
    END IF;
    IF entries > 0 THEN
        UPDATE counter SET pos = pos + entries, public_pos = public_pos + publics
        RETURNING pos - entries, public_pos - publics INTO last, last_public;
        INSERT INTO journal (pos, public_pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf, public_id,
            public_subject, public_text)
        SELECT last + e.place, CASE WHEN e.public > 0 THEN last_public + e.public END, e.at, e.id, e.kind, e.proposal_id, e.seq,
            e.cause, e.subject, e.text, e.leaf, e.public_id, e.public_subject, e.public_text
        FROM unnest(e_at, e_id, e_kind, e_proposal_id, e_seq, e_cause, e_subject, e_text, e_leaf, e_public, e_public_id,
            e_public_subject, e_public_text) WITH ORDINALITY AS e (at, id, kind, proposal_id, seq, cause, subject, text, leaf, public,
            public_id, public_subject, public_text, place);
        IF cardinality(p_entry) > 0 THEN
            INSERT INTO personal (pos, pointer, value, salt)
            SELECT last + p.entry, p.pointer, p.value, p.salt
            FROM unnest(p_entry, p_pointer, p_value, p_salt) AS p (entry, pointer, value, salt);
        END IF;
    END IF;
    IF cardinality(k_lock) > 0 THEN
        INSERT INTO answers (person, method, path, key, body_hash, status, location, etag, body, first_pos, at)
        SELECT k.person, k.method, k.path, k.key, k.body_hash, k.status, k.location, k.etag, k.body,
            CASE WHEN k.first > 0 THEN last + k.first ELSE 0 END, k.at
        FROM unnest(k_person, k_method, k_path, k_key, k_body_hash, k_status, k_location, k_etag, k_body, k_first, k_at)
            AS k (person, method, path, key, body_hash, status, location, etag, body, first, at);
    END IF;
    RETURN last;
END
$$;
-- +goose StatementEnd

-- commit_changes is commit_group after the keys have been locked as commit_moves locks them.
-- +goose StatementBegin
CREATE FUNCTION commit_changes(
    k_lock bigint[], changes jsonb, blobs bytea[], keyed boolean, case_ids text[], task_ids text[], partner_ids text[], person_ids text[],
    scope_names text[])
RETURNS TABLE (place integer, refusal text, what text, which text, first_pos bigint) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(k.lock) FROM unnest(k_lock) AS k (lock);
    RETURN QUERY SELECT g.place, g.refusal, g.what, g.which, g.first_pos
    FROM commit_group(changes, blobs, keyed, case_ids, task_ids, partner_ids, person_ids, scope_names) AS g;
END
$$;
-- +goose StatementEnd

-- Most entries are not public: they need no place in the index of those that are.
CREATE UNIQUE INDEX journal_public ON journal (public_pos) WHERE public_pos IS NOT NULL;
ALTER TABLE journal DROP CONSTRAINT journal_public_pos_key;
