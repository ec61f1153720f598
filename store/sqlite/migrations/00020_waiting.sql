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
