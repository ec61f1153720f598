package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	sqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"hejnal/store"
	"hejnal/store/sqlite/internal/sqlitedb"
)

// job is one write of a group's transaction. It may be run again after what it did was rolled back.
type job struct {
	run     func(context.Context, *group) error
	entries bool // set by run: it wrote entries
	change  bool // it is a change that somebody asked for
	trace   string
	durable *store.Durable // set by run where entries is: what it committed
}

func traceOf(j *job) (trace string, is bool) { return j.trace, j.change }

// group is what the jobs of one transaction share: the statements, and the last positions given out.
type group struct {
	*sqlitedb.Queries
	numbered       bool
	pos, publicPos int64
}

// number reads the last positions when the group first needs one.
func (g *group) number(ctx context.Context) error {
	if g.numbered {
		return nil
	}
	heads, err := g.Heads(ctx)
	if err != nil {
		return err
	}
	g.numbered, g.pos, g.publicPos = true, heads.Pos, heads.PublicPos
	return nil
}

// writer owns the one connection that writes.
type writer struct {
	connection *sql.Conn
	queries    *sqlitedb.Queries
	signal     func()
	observer   store.Observer
}

func newWriter(ctx context.Context, db *sql.DB, signal func(), observer store.Observer) (*writer, error) {
	connection, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	queries, err := sqlitedb.Prepare(ctx, connection)
	if err != nil {
		return nil, errors.Join(err, connection.Close())
	}
	return &writer{connection: connection, queries: queries, signal: signal, observer: observer}, nil
}

func (w *writer) close() error {
	return errors.Join(w.queries.Close(), w.connection.Close())
}

// commit runs the jobs in one transaction and answers for each. A job that fails leaves the others as they are; when the
// transaction itself fails, so do all of them.
func (w *writer) commit(ctx context.Context, jobs []*job) []error {
	answers := make([]error, len(jobs))
	if err := w.transact(ctx, jobs, answers); err != nil {
		for i := range answers {
			answers[i] = err
		}
		return answers
	}
	var durable []store.Durable
	for i, job := range jobs {
		if answers[i] == nil && job.entries {
			durable = append(durable, *job.durable)
		}
	}
	if len(durable) > 0 {
		if w.observer.Durable != nil {
			w.observer.Durable(durable)
		}
		w.signal()
	}
	return answers
}

// transact runs the jobs together first, and each in a savepoint of its own when one of them failed.
func (w *writer) transact(ctx context.Context, jobs []*job, answers []error) error {
	failed, err := w.together(ctx, jobs)
	if err != nil || failed == nil {
		return err
	}
	if len(jobs) == 1 {
		answers[0] = failed
		return nil
	}
	return w.apart(ctx, jobs, answers)
}

// together commits all jobs or none; failed is the error of the first that could not be done.
func (w *writer) together(ctx context.Context, jobs []*job) (failed, broken error) {
	if err := w.begin(ctx); err != nil {
		return nil, fmt.Errorf("begin: %w", err)
	}
	shared := &group{Queries: w.queries}
	for _, job := range jobs {
		if failed := job.run(ctx, shared); failed != nil {
			return failed, w.rollback(ctx)
		}
	}
	return nil, w.end(ctx)
}

// apart commits the jobs that can be done.
func (w *writer) apart(ctx context.Context, jobs []*job, answers []error) error {
	if err := w.begin(ctx); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	shared := &group{Queries: w.queries}
	for i, job := range jobs {
		var err error
		if answers[i], err = w.apply(ctx, shared, job); err != nil {
			return errors.Join(err, w.rollback(ctx))
		}
	}
	return w.end(ctx)
}

func (w *writer) end(ctx context.Context) error {
	if err := w.exec(ctx, "COMMIT"); err != nil {
		return errors.Join(fmt.Errorf("commit: %w", err), w.rollback(ctx))
	}
	return nil
}

// apply runs one job in a savepoint. The first error is the job's own, the second one the transaction's.
func (w *writer) apply(ctx context.Context, shared *group, job *job) (refused, broken error) {
	before := *shared
	if err := w.exec(ctx, "SAVEPOINT job"); err != nil {
		return nil, fmt.Errorf("set savepoint: %w", err)
	}
	if refused = job.run(ctx, shared); refused != nil {
		*shared = before
		if err := w.exec(ctx, "ROLLBACK TO job"); err != nil {
			return nil, errors.Join(refused, err)
		}
	}
	return refused, w.exec(ctx, "RELEASE job")
}

// begin waits for other processes; SQLite's own wait is not fair, so it is asked again.
func (w *writer) begin(ctx context.Context) error {
	err := w.exec(ctx, "BEGIN IMMEDIATE")
	for attempt := 0; attempt < 3 && isBusy(err); attempt++ {
		if w.observer.Retried != nil {
			w.observer.Retried()
		}
		err = w.exec(ctx, "BEGIN IMMEDIATE")
	}
	return err
}

// rollback ends the transaction; it may have ended by itself already.
func (w *writer) rollback(ctx context.Context) error {
	if err := w.exec(ctx, "ROLLBACK"); err != nil && !isOver(err) {
		return fmt.Errorf("roll back: %w", err)
	}
	return nil
}

func (w *writer) exec(ctx context.Context, statement string) error {
	_, err := w.connection.ExecContext(ctx, statement)
	return err
}

func isBusy(err error) bool {
	var failed *sqlite.Error
	return errors.As(err, &failed) && failed.Code()&0xff == sqlite3.SQLITE_BUSY
}

// isOver tells that there was no transaction to roll back.
func isOver(err error) bool {
	var failed *sqlite.Error
	return errors.As(err, &failed) && failed.Code() == sqlite3.SQLITE_ERROR
}

// isUnreadable tells that the file is no database, or a damaged one, which waiting does not mend.
func isUnreadable(err error) bool {
	var failed *sqlite.Error
	return errors.As(err, &failed) && (failed.Code()&0xff == sqlite3.SQLITE_NOTADB || failed.Code()&0xff == sqlite3.SQLITE_CORRUPT)
}
