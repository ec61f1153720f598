INSERT INTO journal (pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf)
VALUES (1, 1, 'e1', 'transition', 'c1', 1, '', 's', '\x7b7d'::bytea, '\x00'::bytea);
UPDATE counter SET pos = 1;
