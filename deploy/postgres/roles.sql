-- Least rights. Run once as a superuser, then give both roles their passwords by \password, which sends no clear text:
--
--   psql -d postgres -f deploy/postgres/roles.sql
--   psql -d postgres -c '\password hejnal' -c '\password replicator'
--
-- The program brings its own schema up to date, so it owns its database and nothing else on the server: no superuser, no other
-- database, no role of its own making, no replication. PUBLIC may connect to postgres and template1 unless it is told otherwise, so
-- that right is taken from all: on a server that others share, grant CONNECT on postgres to those who used it so far; a superuser
-- is not bound by it.
--
-- In pg_hba.conf, for the networks that the program and the standbys are in:
--
--   hostssl hejnal       hejnal      10.0.0.0/24  scram-sha-256
--   hostssl replication  replicator  10.0.0.0/24  scram-sha-256
CREATE ROLE hejnal LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 80;
CREATE ROLE replicator LOGIN REPLICATION NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE DATABASE hejnal OWNER hejnal TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';
REVOKE ALL ON DATABASE hejnal FROM PUBLIC;
REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;
