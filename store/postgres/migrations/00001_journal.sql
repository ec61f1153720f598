-- +goose Up
CREATE TABLE journal (
    pos            bigint PRIMARY KEY,
    public_pos     bigint UNIQUE,
    at             bigint NOT NULL, -- microseconds since 1970, UTC, as everywhere
    event_id       text COLLATE "C" NOT NULL UNIQUE,
    kind           text COLLATE "C" NOT NULL,
    proposal_id    text COLLATE "C" NOT NULL,
    seq            bigint NOT NULL, -- 0 for entries that are no transitions
    cause          text NOT NULL,
    subject        text NOT NULL,
    text           bytea NOT NULL,
    leaf           bytea NOT NULL, -- SHA-256 of 0x00 and the text
    public_id      text,
    public_subject text,
    public_text    bytea
);
CREATE UNIQUE INDEX journal_seq ON journal (proposal_id, seq) WHERE seq > 0;

CREATE TABLE personal (
    pos     bigint NOT NULL REFERENCES journal (pos),
    pointer text COLLATE "C" NOT NULL,
    value   bytea NOT NULL,
    salt    bytea NOT NULL,
    PRIMARY KEY (pos, pointer)
);

-- The last positions. Its lock is held until the commit, so that positions follow the order of commits.
CREATE TABLE counter (
    single     boolean PRIMARY KEY DEFAULT true CHECK (single),
    pos        bigint NOT NULL,
    public_pos bigint NOT NULL
) WITH (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
INSERT INTO counter (pos, public_pos) VALUES (0, 0);

-- +goose StatementBegin
CREATE FUNCTION refuse_to_change_journal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_journal();
