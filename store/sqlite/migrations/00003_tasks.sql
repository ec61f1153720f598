-- +goose Up
CREATE TABLE tasks (
    id          TEXT    NOT NULL PRIMARY KEY,
    proposal_id TEXT    NOT NULL REFERENCES cases (id),
    form        TEXT    NOT NULL,
    role        TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    outcome     TEXT    NOT NULL,
    assignee    TEXT    NOT NULL,
    opened_at   INTEGER NOT NULL,
    closed_at   INTEGER NOT NULL, -- 0 while it is open
    due_on      TEXT    NOT NULL, -- 9999-12-31 for none
    overdue     INTEGER NOT NULL,
    body        TEXT    NOT NULL  -- what never changes
) STRICT;
CREATE INDEX tasks_proposal ON tasks (proposal_id, state, due_on);
CREATE INDEX tasks_state ON tasks (state, due_on, opened_at, id);
CREATE INDEX tasks_role ON tasks (role, state, due_on, opened_at, id);
CREATE INDEX tasks_assignee ON tasks (assignee, state, due_on, opened_at, id);
CREATE INDEX tasks_unassigned ON tasks (role, state, due_on, opened_at, id) WHERE assignee = '';
CREATE INDEX tasks_passing ON tasks (due_on, id) WHERE state = 'open' AND overdue = 0;
