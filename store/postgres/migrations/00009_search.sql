-- +goose Up
-- The trigram indexes keep a search flat. Where the extension cannot be made, a search reads all names.
-- +goose StatementBegin
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX cases_search_words ON cases_search USING gin (search gin_trgm_ops);
    CREATE INDEX partners_search_words ON partners_search USING gin (search gin_trgm_ops);
EXCEPTION
    WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
        RAISE NOTICE 'search goes without trigram indexes: %', SQLERRM;
END
$$;
-- +goose StatementEnd
