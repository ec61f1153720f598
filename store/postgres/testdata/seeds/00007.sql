INSERT INTO definitions (digest, form, version, source) VALUES ('d1', 'agreement', 1, '\x7b7d'::bytea);
