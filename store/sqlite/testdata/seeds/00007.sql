INSERT INTO definitions (digest, form, version, source) VALUES ('d1', 'agreement', 1, X'7b7d');
