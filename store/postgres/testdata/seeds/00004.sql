INSERT INTO partners (id, version, fold, country, kind, name_key, body)
VALUES ('p1', 1, 'kyoto', 'JP', 'city', '\x01'::bytea, '{"id":"p1","name":"Kyoto"}');
INSERT INTO partners_search (id, search) VALUES ('p1', 'kyoto-fu');
