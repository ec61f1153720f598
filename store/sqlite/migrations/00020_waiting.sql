-- +goose Up
-- Whose a case is, its open tasks tell, and settled cases have none: somebody's own are looked for among those that wait alone,
-- however many are settled.
ALTER TABLE cases ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0; -- 1 while it has an open task
UPDATE cases SET waiting = 1 WHERE id IN (SELECT proposal_id FROM tasks WHERE state = 'open');

CREATE INDEX cases_waiting_updated ON cases (updated_at, id) WHERE waiting = 1;
CREATE INDEX cases_waiting_created ON cases (created_at, id) WHERE waiting = 1;
CREATE INDEX cases_waiting_number ON cases (number_key, id) WHERE waiting = 1;
CREATE INDEX cases_waiting_title ON cases (title_key, id) WHERE waiting = 1;
CREATE INDEX cases_waiting_due ON cases (due_on, id) WHERE waiting = 1;

-- Triggers keep it, so that the release before may go on with this schema.
-- +goose StatementBegin
CREATE TRIGGER tasks_waiting_insert AFTER INSERT ON tasks WHEN NEW.state = 'open' BEGIN
    UPDATE cases SET waiting = 1 WHERE id = NEW.proposal_id AND waiting = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tasks_waiting_update AFTER UPDATE OF state ON tasks WHEN OLD.state = 'open' AND NEW.state <> 'open' BEGIN
    UPDATE cases SET waiting = 0
    WHERE id = NEW.proposal_id AND NOT EXISTS (SELECT 1 FROM tasks WHERE tasks.proposal_id = NEW.proposal_id AND tasks.state = 'open');
END;
-- +goose StatementEnd
