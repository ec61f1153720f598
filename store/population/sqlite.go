package population

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"

	_ "modernc.org/sqlite" // the driver
)

// sqliteTables are the tables in SQLite, where the text that is searched stands in the row itself.
func sqliteTables() [tables]table {
	there := postgresTables
	there[tableCases].columns = append(there[tableCases].columns[:len(there[tableCases].columns):len(there[tableCases].columns)], "search")
	there[tablePartners].columns = append(there[tablePartners].columns[:len(there[tablePartners].columns):len(there[tablePartners].columns)], "search")
	there[tableSearch], there[tablePartnersSearch] = table{}, table{}
	return there
}

// SQLite fills the store in the file at path, whose schema must be there and which nobody else may have open. It takes
// indexes and triggers away while it writes, and does without the safety of a journal; where it fails, the file is good
// for nothing.
func SQLite(ctx context.Context, path string, plan Plan, progress Progress) error {
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: url.Values{"_pragma": {
		"journal_mode(DELETE)", "journal_mode(OFF)", "synchronous(OFF)", "foreign_keys(0)", "cache_size(-200000)", "locking_mode(EXCLUSIVE)",
	}}.Encode()}
	db, err := sql.Open("sqlite", file.String())
	if err != nil {
		return fmt.Errorf("fill store: %w", err)
	}
	db.SetMaxOpenConns(1)
	err = fillSQLite(ctx, db, plan, progress)
	if err := errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("fill store: %w", err)
	}
	return nil
}

func fillSQLite(ctx context.Context, db *sql.DB, plan Plan, progress Progress) error {
	d, err := newDealer(plan)
	if err != nil {
		return err
	}
	l := &layer{dealer: d, scopes: map[string]int64{}}
	head := "SELECT coalesce(max(pos), 0), coalesce(max(public_pos), 0) FROM journal"
	if err := db.QueryRowContext(ctx, head).Scan(&l.pos, &l.public); err != nil {
		return fmt.Errorf("read the journal's head: %w", err)
	}
	again, err := stripSQLite(ctx, db)
	if err != nil {
		return err
	}
	partners, err := l.layPartners()
	if err != nil {
		return err
	}
	w := &sqliteWriter{db: db, tables: sqliteTables()}
	if err := w.write(ctx, partners); err != nil {
		return err
	}
	for b := l.next(); b != nil; b = l.next() {
		if err := w.write(ctx, b); err != nil {
			return err
		}
		progress.tell(l.written)
	}
	if err := w.write(ctx, l.layShared()); err != nil {
		return err
	}
	for _, statement := range append([]string{registered}, again...) {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// stripSQLite takes away the indexes and triggers, and gives the statements that bring them back and fill the indexes of words.
func stripSQLite(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, `SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql <> ''
		OR sql LIKE '%USING fts5 (%'`)
	if err != nil {
		return nil, fmt.Errorf("list indexes: %w", err)
	}
	defer rows.Close()
	var away, again []string
	for rows.Next() {
		var kind, name, made string
		if err := rows.Scan(&kind, &name, &made); err != nil {
			return nil, fmt.Errorf("list indexes: %w", err)
		}
		if kind == "table" {
			again = append(again, fmt.Sprintf("INSERT INTO %[1]s (%[1]s) VALUES ('rebuild')", name))
			continue
		}
		away, again = append(away, "DROP "+kind+" "+name), append(again, made)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, fmt.Errorf("list indexes: %w", err)
	}
	for _, statement := range away {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return nil, fmt.Errorf("%s: %w", statement, err)
		}
	}
	return again, nil
}

// sqliteWriter writes batches, each in a transaction, many rows at once.
type sqliteWriter struct {
	db     *sql.DB
	tables [tables]table
}

// rowsAtOnce is how many rows one statement inserts.
const rowsAtOnce = 50

func (w *sqliteWriter) write(ctx context.Context, b *batch) error {
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for i, of := range w.tables {
		if len(of.columns) == 0 {
			continue
		}
		if err := insert(ctx, tx, of, b.rows[i]); err != nil {
			return errors.Join(fmt.Errorf("insert into %s: %w", of.name, err), tx.Rollback())
		}
	}
	return tx.Commit()
}

func insert(ctx context.Context, tx *sql.Tx, of table, rows [][]any) (err error) {
	if len(rows) == 0 {
		return nil
	}
	statement := func(count int) string {
		row := "(" + strings.Repeat(", ?", len(of.columns))[2:] + ")"
		return "INSERT INTO " + of.name + " (" + strings.Join(of.columns, ", ") + ") VALUES " + strings.Repeat(", "+row, count)[2:]
	}
	full, err := tx.PrepareContext(ctx, statement(rowsAtOnce))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, full.Close()) }()
	var values []any
	for len(rows) > 0 {
		count := min(rowsAtOnce, len(rows))
		values = values[:0]
		for _, row := range rows[:count] {
			values = append(values, row[:len(of.columns)]...)
		}
		rows = rows[count:]
		if count == rowsAtOnce {
			_, err = full.ExecContext(ctx, values...)
		} else {
			_, err = tx.ExecContext(ctx, statement(count), values...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
