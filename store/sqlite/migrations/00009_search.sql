-- +goose Up
CREATE VIRTUAL TABLE cases_search USING fts5 (search, content = 'cases', content_rowid = 'num', tokenize = 'trigram');
CREATE VIRTUAL TABLE partners_search USING fts5 (search, content = 'partners', content_rowid = 'num', tokenize = 'trigram');
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
