-- +goose Up
-- Whose a case is, its open tasks tell, and settled cases have none: somebody's own are looked for among those that wait alone,
-- however many are settled. A task that ends and one that begins in the same transaction leave a case waiting.
LOCK TABLE cases, tasks IN SHARE ROW EXCLUSIVE MODE;
ALTER TABLE cases ADD COLUMN waiting boolean NOT NULL DEFAULT false; -- has an open task
ALTER TABLE cases_listed ADD COLUMN waiting boolean NOT NULL DEFAULT false;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION list_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_listed (id, form, state, stage, country, partner_id, number_key, title_key, created_at, due_on, waiting)
    VALUES (NEW.id, NEW.form, NEW.state, NEW.stage, NEW.country, NEW.partner_id, NEW.number_key, NEW.title_key, NEW.created_at, NEW.due_on,
        NEW.waiting)
    ON CONFLICT (id) DO UPDATE SET form = excluded.form, state = excluded.state, stage = excluded.stage, country = excluded.country,
        partner_id = excluded.partner_id, number_key = excluded.number_key, title_key = excluded.title_key,
        created_at = excluded.created_at, due_on = excluded.due_on, waiting = excluded.waiting;
    RETURN NULL;
END
$$;
-- +goose StatementEnd
DROP TRIGGER cases_listed_update ON cases;
CREATE TRIGGER cases_listed_update AFTER UPDATE ON cases FOR EACH ROW
WHEN ((OLD.form, OLD.state, OLD.stage, OLD.country, OLD.partner_id, OLD.number_key, OLD.title_key, OLD.created_at, OLD.due_on, OLD.waiting)
    IS DISTINCT FROM (NEW.form, NEW.state, NEW.stage, NEW.country, NEW.partner_id, NEW.number_key, NEW.title_key, NEW.created_at, NEW.due_on,
    NEW.waiting))
EXECUTE FUNCTION list_case();

-- +goose StatementBegin
CREATE FUNCTION case_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE cases SET waiting = NOT waiting
    WHERE id = NEW.proposal_id
        AND waiting <> EXISTS (SELECT FROM tasks WHERE tasks.proposal_id = NEW.proposal_id AND tasks.state = 'open');
    RETURN NULL;
END
$$;
-- +goose StatementEnd
CREATE CONSTRAINT TRIGGER tasks_waiting AFTER INSERT OR UPDATE OF state ON tasks DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION case_waits();

UPDATE cases SET waiting = true WHERE id IN (SELECT proposal_id FROM tasks WHERE state = 'open');

CREATE INDEX cases_waiting ON cases (updated_at, id) WHERE waiting;
CREATE INDEX cases_listed_waiting_created ON cases_listed (created_at, id) WHERE waiting;
CREATE INDEX cases_listed_waiting_number ON cases_listed (number_key, id) WHERE waiting;
CREATE INDEX cases_listed_waiting_title ON cases_listed (title_key, id) WHERE waiting;
CREATE INDEX cases_listed_waiting_due ON cases_listed (due_on, id) WHERE waiting;
