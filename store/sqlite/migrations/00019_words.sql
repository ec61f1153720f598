-- +goose Up
-- What is searched are words with one space between two, as words_of makes them, a function of the program. So no index has an
-- opinion of its own on where a word begins: the tokenizer ascii parts texts at spaces alone where there are no other signs.
DROP TRIGGER cases_search_insert;
DROP TRIGGER cases_search_update;
DROP TRIGGER cases_words_insert;
DROP TRIGGER cases_words_update;
DROP TRIGGER partners_search_insert;
DROP TRIGGER partners_search_update;
DROP TRIGGER partners_words_insert;
DROP TRIGGER partners_words_update;
DROP TABLE IF EXISTS cases_terms;
DROP TABLE IF EXISTS partners_terms;
DROP TABLE IF EXISTS cases_words;
DROP TABLE IF EXISTS partners_words;
UPDATE cases SET search = words_of(search) WHERE search <> words_of(search);
UPDATE partners SET search = words_of(search) WHERE search <> words_of(search);
CREATE VIRTUAL TABLE cases_words USING fts5 (search, content = 'cases', content_rowid = 'num', tokenize = 'ascii', detail = none);
CREATE VIRTUAL TABLE partners_words USING fts5 (search, content = 'partners', content_rowid = 'num', tokenize = 'ascii', detail = none);
CREATE VIRTUAL TABLE cases_terms USING fts5vocab (cases_words, instance);
CREATE VIRTUAL TABLE partners_terms USING fts5vocab (partners_words, instance);
INSERT INTO cases_words (cases_words) VALUES ('rebuild');
INSERT INTO partners_words (partners_words) VALUES ('rebuild');
INSERT INTO cases_search (cases_search) VALUES ('rebuild');
INSERT INTO partners_search (partners_search) VALUES ('rebuild');

-- +goose StatementBegin
CREATE TRIGGER cases_search_insert AFTER INSERT ON cases BEGIN
    INSERT INTO cases_search (rowid, search) VALUES (NEW.num, NEW.search);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cases_search_update AFTER UPDATE OF search ON cases WHEN OLD.search <> NEW.search BEGIN
    INSERT INTO cases_search (cases_search, rowid, search) VALUES ('delete', OLD.num, OLD.search);
    INSERT INTO cases_search (rowid, search) VALUES (NEW.num, NEW.search);
END;
-- +goose StatementEnd

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
CREATE TRIGGER partners_search_insert AFTER INSERT ON partners BEGIN
    INSERT INTO partners_search (rowid, search) VALUES (NEW.num, NEW.search);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER partners_search_update AFTER UPDATE OF search ON partners WHEN OLD.search <> NEW.search BEGIN
    INSERT INTO partners_search (partners_search, rowid, search) VALUES ('delete', OLD.num, OLD.search);
    INSERT INTO partners_search (rowid, search) VALUES (NEW.num, NEW.search);
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

-- Keys of titles and names are as long at most as the program makes them.
UPDATE partners SET name_key = substr(name_key, 1, 1000) WHERE length(name_key) > 1000;
UPDATE cases SET title_key = substr(title_key, 1, 1000) WHERE length(title_key) > 1000;
UPDATE register SET title_key = substr(title_key, 1, 1000) WHERE length(title_key) > 1000;
