-- +goose Up
CREATE TABLE leases (
    name    text COLLATE "C" NOT NULL PRIMARY KEY,
    holder  text NOT NULL,
    until   timestamptz NOT NULL,
    pid     integer NOT NULL, -- the holder's session
    started timestamptz -- when that session began, for numbers of processes come again
);

-- acquire_lease takes or renews a lease. Who takes over an expired one ends the session of its holder, where it may.
-- +goose StatementBegin
CREATE FUNCTION acquire_lease(wanted text, taker text, microseconds bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    lease leases%ROWTYPE;
    own timestamptz := (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid());
    deadline timestamptz := clock_timestamp() + microseconds * interval '1 microsecond';
BEGIN
    SELECT * INTO lease FROM leases WHERE name = wanted FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO leases (name, holder, until, pid, started) VALUES (wanted, taker, deadline, pg_backend_pid(), own)
        ON CONFLICT DO NOTHING;
        RETURN FOUND;
    END IF;
    IF lease.holder <> taker THEN
        IF lease.until >= clock_timestamp() THEN
            RETURN false;
        END IF;
        BEGIN
            PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE pid = lease.pid AND backend_start = lease.started AND pid <> pg_backend_pid();
        EXCEPTION
            WHEN insufficient_privilege THEN NULL;
        END;
    END IF;
    UPDATE leases SET holder = taker, until = deadline, pid = pg_backend_pid(), started = own WHERE name = wanted;
    RETURN true;
END
$$;
-- +goose StatementEnd
