package check

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"

	_ "github.com/jackc/pgx/v5/stdlib" // PostgreSQL for database/sql
	_ "modernc.org/sqlite"             // SQLite for database/sql
)

// readStore reads everything that is judged, as it stood at one moment.
func readStore(ctx context.Context, in Input) (found *evidence, err error) {
	db, err := openStore(in)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: isolation(in)})
	if err != nil {
		return nil, err
	}
	defer func() {
		if ended := tx.Rollback(); !errors.Is(ended, sql.ErrTxDone) {
			err = errors.Join(err, ended)
		}
	}()
	found = &evidence{
		byID: map[string]*entry{}, cases: map[string]*kept{}, tasks: map[string]*task{}, documents: map[string]*document{},
		comments: map[string]string{}, definitions: map[string][]byte{},
	}
	for name, read := range map[string]func(context.Context, *sql.Tx) error{
		"journal": found.readJournal, "cases": found.readCases, "tasks": found.readTasks, "documents": found.readDocuments,
		"comments": found.readComments, "answers": found.readAnswers, "definitions": found.readDefinitions,
	} {
		if err := read(ctx, tx); err != nil {
			return nil, fmt.Errorf("table %s: %w", name, err)
		}
	}
	return found, nil
}

func openStore(in Input) (*sql.DB, error) {
	if in.Database != "" {
		return sql.Open("pgx", in.Database)
	}
	if _, err := os.Stat(in.SQLite); err != nil {
		return nil, err
	}
	return sql.Open("sqlite", "file:"+(&url.URL{Path: in.SQLite}).EscapedPath()+"?mode=ro&_pragma=busy_timeout(10000)")
}

func isolation(in Input) sql.IsolationLevel {
	if in.Database != "" {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault
}

// each reads rows one by one.
func each(ctx context.Context, tx *sql.Tx, query string, row func(*sql.Rows) error) (err error) {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Err(), rows.Close()) }()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return nil
}

func (f *evidence) readJournal(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, `SELECT pos, public_pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf,
		public_id, public_subject, public_text FROM journal ORDER BY pos`, func(rows *sql.Rows) error {
		e := &entry{}
		err := rows.Scan(&e.pos, &e.publicPos, &e.at, &e.id, &e.kind, &e.proposal, &e.seq, &e.cause, &e.subject, &e.text, &e.leaf,
			&e.publicID, &e.publicSubject, &e.publicText)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(e.text, &e.event); err != nil {
			e.event = event{} // judged with the journal
		}
		f.entries = append(f.entries, e)
		f.byID[e.id] = e
		return nil
	})
}

func (f *evidence) readCases(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, `SELECT id, version, form, state, stage, body FROM cases`, func(rows *sql.Rows) error {
		var k kept
		var text []byte
		if err := rows.Scan(&k.id, &k.version, &k.form, &k.state, &k.stage, &text); err != nil {
			return err
		}
		if err := json.Unmarshal(text, &k.body); err != nil {
			return fmt.Errorf("case %s: %w", k.id, err)
		}
		f.cases[k.id] = &k
		return nil
	})
}

func (f *evidence) readTasks(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, `SELECT id, proposal_id, form, role, state, assignee, opened_at, closed_at FROM tasks`, func(rows *sql.Rows) error {
		var t task
		err := rows.Scan(&t.id, &t.proposal, &t.form, &t.role, &t.state, &t.assignee, &t.opened, &t.closed)
		f.tasks[t.id] = &t
		return err
	})
}

func (f *evidence) readDocuments(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, `SELECT id, proposal_id, sha256 FROM documents`, func(rows *sql.Rows) error {
		var d document
		err := rows.Scan(&d.id, &d.proposal, &d.sha256)
		f.documents[d.id] = &d
		return err
	})
}

func (f *evidence) readComments(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, `SELECT id, proposal_id FROM comments`, func(rows *sql.Rows) error {
		var id, proposal string
		err := rows.Scan(&id, &proposal)
		f.comments[id] = proposal
		return err
	})
}

func (f *evidence) readAnswers(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, `SELECT person, method, path, key, body_hash, status, location, etag, body, first_pos, at FROM answers
		ORDER BY person, method, path, key`, func(rows *sql.Rows) error {
		a := &answer{}
		err := rows.Scan(&a.person, &a.method, &a.path, &a.key, &a.digest, &a.status, &a.location, &a.etag, &a.body, &a.first, &a.at)
		f.answers = append(f.answers, a)
		return err
	})
}

func (f *evidence) readDefinitions(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, `SELECT digest, source FROM definitions`, func(rows *sql.Rows) error {
		var digest string
		var source []byte
		err := rows.Scan(&digest, &source)
		f.definitions[digest] = source
		return err
	})
}
