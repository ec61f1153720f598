INSERT INTO tasks (id, proposal_id, form, role, state, outcome, assignee, opened_at, closed_at, due_on, overdue, body)
VALUES ('t1', 'c1', 'agreement', 'lawyer', 'open', '', '', 1, 0, '9999-12-31', false, '{"id":"t1"}');
