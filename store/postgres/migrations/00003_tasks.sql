-- +goose Up
CREATE TABLE tasks (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    proposal_id text COLLATE "C" NOT NULL REFERENCES cases (id),
    form        text COLLATE "C" NOT NULL,
    role        text COLLATE "C" NOT NULL,
    state       text COLLATE "C" NOT NULL,
    outcome     text NOT NULL,
    assignee    text COLLATE "C" NOT NULL,
    opened_at   bigint NOT NULL,
    closed_at   bigint NOT NULL, -- 0 while it is open
    due_on      text COLLATE "C" NOT NULL, -- 9999-12-31 for none
    overdue     boolean NOT NULL,
    body        text NOT NULL  -- what never changes
);
CREATE INDEX tasks_proposal ON tasks (proposal_id, state, due_on);
CREATE INDEX tasks_state ON tasks (state, due_on, opened_at, id);
CREATE INDEX tasks_role ON tasks (role, state, due_on, opened_at, id);
CREATE INDEX tasks_assignee ON tasks (assignee, state, due_on, opened_at, id);
CREATE INDEX tasks_unassigned ON tasks (role, state, due_on, opened_at, id) WHERE assignee = '';
CREATE INDEX tasks_passing ON tasks (due_on, id) WHERE state = 'open' AND NOT overdue;
