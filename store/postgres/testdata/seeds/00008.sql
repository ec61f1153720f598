INSERT INTO leases (name, holder, until, pid) VALUES ('relay', 'old', now() + interval '1 hour', 0);
