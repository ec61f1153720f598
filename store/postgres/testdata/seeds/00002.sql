INSERT INTO cases (id, version, form, state, stage, country, partner_id, number_key, title_key, created_at, updated_at, deadline_on, due_on, body)
VALUES ('c1', 1, 'agreement', 'draft', 'contacts', 'JP', 'p1', '2026-1', '\x01'::bytea, 1, 1, '9999-12-31', '9999-12-31',
    '{"id":"c1","title":"Umowa-ramowa z・Krakowem"}');
INSERT INTO cases_search (id, search) VALUES ('c1', 'umowa-ramowa z・krakowem');
INSERT INTO scopes (scope, version) VALUES ('s', 4);
