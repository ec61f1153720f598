INSERT INTO people (id, name, full_name, roles, password_hash, must_change, disabled, version, created_at)
VALUES ('u1', 'anna', 'Anna', '["official"]', '', false, false, 1, 1);
