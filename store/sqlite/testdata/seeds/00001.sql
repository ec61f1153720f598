INSERT INTO journal (pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf)
VALUES (1, 1, 'e1', 'transition', 'c1', 1, '', 's', X'7b7d', X'00');
