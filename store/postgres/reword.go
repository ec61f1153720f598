package postgres

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/pressly/goose/v3"

	"hejnal/store"
)

// rewordedAt is the version of the schema from which on what is searched are words with one space between two.
const rewordedAt = 19

// rewording is the migration that makes words of the texts that are searched, which the program alone can do, and cuts the keys
// of titles and names as the program does. The tables are locked in the order in which writers write to them.
func rewording() *goose.Migration {
	return goose.NewGoMigration(rewordedAt, &goose.GoFunc{RunTx: reword}, nil)
}

func reword(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, "LOCK TABLE partners, partners_search, cases, cases_search IN SHARE ROW EXCLUSIVE MODE"); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DROP INDEX cases_search_begun, partners_search_begun"); err != nil {
		return err
	}
	for _, table := range []string{"partners_search", "cases_search"} {
		if err := rewordAll(ctx, tx, table); err != nil {
			return fmt.Errorf("make words of the texts in %s: %w", table, err)
		}
	}
	for _, statement := range []string{
		"UPDATE partners SET name_key = substr(name_key, 1, 1000) WHERE length(name_key) > 1000",
		"UPDATE cases SET title_key = substr(title_key, 1, 1000) WHERE length(title_key) > 1000",
		"UPDATE register SET title_key = substr(title_key, 1, 1000) WHERE length(title_key) > 1000",
		// In SQL it would be put in the place where it is called, and so cheap that PostgreSQL reads a table to its end for a word in nothing.
		`CREATE OR REPLACE FUNCTION words(given text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS
			$$ BEGIN RETURN array_to_tsvector(string_to_array(given, ' ')); END $$`,
		"CREATE INDEX cases_search_begun ON cases_search USING gin (words(search))",
		"CREATE INDEX partners_search_begun ON partners_search USING gin (words(search))",
	} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// reworded is how many texts are made words of at a time.
const reworded = 1_000

func rewordAll(ctx context.Context, tx *sql.Tx, table string) error {
	for last, more := "", true; more; {
		ids, texts, err := textsAfter(ctx, tx, table, last)
		if err != nil {
			return err
		}
		more = len(ids) == reworded
		if len(ids) == 0 {
			return nil
		}
		last = ids[len(ids)-1]
		const among = " AS kept SET search = made.search FROM unnest($1::text[], $2::text[]) AS made (id, search) WHERE kept.id = made.id AND kept.search <> made.search"
		if _, err := tx.ExecContext(ctx, "UPDATE "+table+among, ids, texts); err != nil {
			return err
		}
	}
	return nil
}

// textsAfter reads some of a table's texts, in the order of their ids, and makes words of them.
func textsAfter(ctx context.Context, tx *sql.Tx, table, last string) (ids, texts []string, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT id, search FROM "+table+" WHERE id > $1 ORDER BY id LIMIT $2", last, reworded)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, text string
		if err := rows.Scan(&id, &text); err != nil {
			return nil, nil, err
		}
		ids, texts = append(ids, id), append(texts, store.WordsOf(text))
	}
	return ids, texts, rows.Err()
}
