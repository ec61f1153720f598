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

-- Words are found by their beginnings: the terms of an index of words are read in their order, and no further than asked for.
CREATE VIRTUAL TABLE cases_words USING fts5 (search, content = 'cases', content_rowid = 'num', tokenize = 'unicode61', detail = none);
CREATE VIRTUAL TABLE partners_words USING fts5 (search, content = 'partners', content_rowid = 'num', tokenize = 'unicode61', detail = none);
CREATE VIRTUAL TABLE cases_terms USING fts5vocab (cases_words, instance);
CREATE VIRTUAL TABLE partners_terms USING fts5vocab (partners_words, instance);
INSERT INTO cases_words (cases_words) VALUES ('rebuild');
INSERT INTO partners_words (partners_words) VALUES ('rebuild');

-- +goose StatementBegin
CREATE TRIGGER cases_words_insert AFTER INSERT ON cases BEGIN
    INSERT INTO cases_words (rowid, search) VALUES (NEW.num, NEW.search);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cases_words_update AFTER UPDATE OF search ON cases WHEN OLD.search <> NEW.search BEGIN
    INSERT INTO cases_words (cases_words, rowid, search) VALUES ('delete', OLD.num, OLD.search);
    INSERT INTO cases_words (rowid, search) VALUES (NEW.num, NEW.search);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER partners_words_insert AFTER INSERT ON partners BEGIN
    INSERT INTO partners_words (rowid, search) VALUES (NEW.num, NEW.search);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER partners_words_update AFTER UPDATE OF search ON partners WHEN OLD.search <> NEW.search BEGIN
    INSERT INTO partners_words (partners_words, rowid, search) VALUES ('delete', OLD.num, OLD.search);
    INSERT INTO partners_words (rowid, search) VALUES (NEW.num, NEW.search);
END;
-- +goose StatementEnd

-- A number stands in the key of its order behind the year and the serial number.
CREATE INDEX cases_numbered ON cases (substr(number_key, 17));
