-- +goose Up
-- Every list is walked in the order asked for within what it is narrowed to, by an index of both. SQLite writes to those
-- indexes alone whose columns change.
CREATE INDEX cases_form ON cases (form, updated_at, id);
CREATE INDEX cases_stage ON cases (stage, updated_at, id);
CREATE INDEX cases_form_created ON cases (form, created_at, id);
CREATE INDEX cases_state_created ON cases (state, created_at, id);
CREATE INDEX cases_stage_created ON cases (stage, created_at, id);
CREATE INDEX cases_country_created ON cases (country, created_at, id);
CREATE INDEX cases_form_number ON cases (form, number_key, id);
CREATE INDEX cases_state_number ON cases (state, number_key, id);
CREATE INDEX cases_stage_number ON cases (stage, number_key, id);
CREATE INDEX cases_country_number ON cases (country, number_key, id);
CREATE INDEX cases_form_title ON cases (form, title_key, id);
CREATE INDEX cases_state_title ON cases (state, title_key, id);
CREATE INDEX cases_stage_title ON cases (stage, title_key, id);
CREATE INDEX cases_country_title ON cases (country, title_key, id);
CREATE INDEX cases_form_due ON cases (form, due_on, id);
CREATE INDEX cases_state_due ON cases (state, due_on, id);
CREATE INDEX cases_stage_due ON cases (stage, due_on, id);
CREATE INDEX cases_country_due ON cases (country, due_on, id);
CREATE INDEX cases_passing_updated ON cases (updated_at, id) WHERE due_on < '9999-12-31';
CREATE INDEX cases_passing_created ON cases (created_at, id) WHERE due_on < '9999-12-31';
CREATE INDEX cases_passing_number ON cases (number_key, id) WHERE due_on < '9999-12-31';
CREATE INDEX cases_passing_title ON cases (title_key, id) WHERE due_on < '9999-12-31';

-- Words of one or two letters are too short for the index of trigrams: they are looked for at the beginning of a trigram,
-- and at the end of the text, where no trigram begins.
CREATE VIRTUAL TABLE cases_letters USING fts5vocab (cases_search, instance);
CREATE VIRTUAL TABLE partners_letters USING fts5vocab (partners_search, instance);
CREATE INDEX cases_ends ON cases (substr(search, -2));
CREATE INDEX cases_last ON cases (substr(search, -1));
CREATE INDEX partners_ends ON partners (substr(search, -2));
CREATE INDEX partners_last ON partners (substr(search, -1));
