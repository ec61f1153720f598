INSERT INTO partners (id, version, fold, country, kind, name_key, search, body)
VALUES ('p1', 1, 'kyoto', 'JP', 'city', X'01', 'kyoto-fu', '{"id":"p1","name":"Kyoto"}');
