INSERT INTO leases (name, holder, until) VALUES ('relay', 'old', (unixepoch() + 3600) * 1000000);
