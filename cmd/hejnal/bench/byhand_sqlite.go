package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver

	"hejnal/cmd/hejnal/installation"
)

// handFile writes contacts by hand into an embedded store, one to a transaction, by prepared statements on the one
// connection that writes: callers who each had a connection would only wait for the file's lock.
type handFile struct {
	db        *sql.DB
	turn      sync.Mutex // held by who writes
	writing   *sql.Conn
	prepared  []*sql.Stmt // by place below
	templates []template
}

// The statements of a contact by hand, in their order.
const (
	fileReadCase = iota
	fileReadPartner
	fileReadTasks
	fileMoveCase
	fileInsertEntry
	fileBegin
	fileCommit
)

var fileStatements = []string{
	fileReadCase:    `SELECT version, body FROM cases WHERE id = ?`,
	fileReadPartner: `SELECT body FROM partners WHERE id = ?`,
	fileReadTasks:   `SELECT body FROM tasks WHERE proposal_id = ? AND state = 'open'`,
	fileMoveCase:    `UPDATE cases SET version = ?2, updated_at = ?3, body = ?4 WHERE id = ?1 AND version = ?2 - 1`,
	fileInsertEntry: columns + `SELECT max(pos) + 1, ?1, ?2, 'transition', ?3, ?4, '', ?5, ?6, ?7 FROM journal`,
	fileBegin:       `BEGIN IMMEDIATE`,
	fileCommit:      `COMMIT`,
}

// openFile opens a file that an office has filled, as durable as the store has it, and learns from its cases.
func openFile(ctx context.Context, path string, ids []string) (*handFile, error) {
	settings := url.Values{"_pragma": {"busy_timeout(15000)", "foreign_keys(1)", "synchronous(FULL)", "journal_mode(WAL)"}}
	location := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: settings.Encode()}
	db, err := sql.Open("sqlite", location.String())
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	h := &handFile{db: db}
	if h.writing, err = db.Conn(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), db.Close())
	}
	for _, text := range fileStatements {
		prepared, err := h.writing.PrepareContext(ctx, text) //nolint:sqlclosecheck // close closes all of them
		if err != nil {
			return nil, errors.Join(fmt.Errorf("prepare %s: %w", text, err), h.close())
		}
		h.prepared = append(h.prepared, prepared)
	}
	for _, id := range ids {
		learnt, err := h.learn(ctx, id)
		if err != nil {
			return nil, errors.Join(err, h.close())
		}
		h.templates = append(h.templates, learnt)
	}
	return h, nil
}

func (h *handFile) learn(ctx context.Context, id string) (template, error) {
	s := stored{id: id}
	err := h.writing.QueryRowContext(ctx, `SELECT c.partner_id, c.body, c.version, j.seq, j.event_id, j.subject, j.text
		FROM cases c JOIN journal j ON j.proposal_id = c.id WHERE c.id = ? AND j.seq > 0 ORDER BY j.seq DESC LIMIT 1`, id).
		Scan(&s.partner, &s.body, &s.version, &s.seq, &s.event, &s.subject, &s.text)
	if err != nil {
		return template{}, fmt.Errorf("look at case %s: %w", id, err)
	}
	return templateOf(s)
}

func (h *handFile) close() error {
	var errs []error
	for _, prepared := range h.prepared {
		errs = append(errs, prepared.Close())
	}
	return errors.Join(append(errs, h.writing.Close(), h.db.Close())...)
}

// record records a contact of the case at the place in a transaction of its own. After an error the file is of no more
// use.
func (h *handFile) record(ctx context.Context, n int) error {
	_, err := h.contact(ctx, n)
	return err
}

// contact is record that answers what it wrote.
func (h *handFile) contact(ctx context.Context, n int) (contactRow, error) {
	made := h.templates[n].next(installation.NewID(), time.Now())
	sum := leaf(made.text)
	h.turn.Lock()
	defer h.turn.Unlock()
	if err := h.execute(ctx, fileBegin); err != nil {
		return made, err
	}
	if err := h.read(ctx, made); err != nil {
		return made, fmt.Errorf("read what a contact rests on: %w", err)
	}
	return made, errors.Join(
		h.execute(ctx, fileMoveCase, made.id, made.version, made.at, made.body),
		h.execute(ctx, fileInsertEntry, made.at, made.event, made.id, made.seq, made.subject, made.text, sum),
		h.execute(ctx, fileCommit),
	)
}

// read reads what the engine reads.
func (h *handFile) read(ctx context.Context, made contactRow) error {
	var version int64
	var body, partner, task string
	if err := h.prepared[fileReadCase].QueryRowContext(ctx, made.id).Scan(&version, &body); err != nil {
		return err
	}
	if err := h.prepared[fileReadPartner].QueryRowContext(ctx, made.partner).Scan(&partner); err != nil {
		return err
	}
	if err := h.prepared[fileReadTasks].QueryRowContext(ctx, made.id).Scan(&task); !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return nil
}

func (h *handFile) execute(ctx context.Context, place int, arguments ...any) error {
	if _, err := h.prepared[place].ExecContext(ctx, arguments...); err != nil {
		return fmt.Errorf("%s: %w", fileStatements[place], err)
	}
	return nil
}
