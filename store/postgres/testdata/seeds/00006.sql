INSERT INTO answers (person, method, path, key, body_hash, status, location, etag, body, first_pos, at)
VALUES ('u1', 'POST', '/p', 'k', 'h', 201, '', '', '\x7b7d'::bytea, 1, 1);
INSERT INTO serials (series, last) VALUES ('2026', 8);
