package bench

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"hejnal/cmd/hejnal/installation"
)

// postgres measures transitions committed to PostgreSQL, decision and all, against transactions written by hand.
var postgres = Measurement{
	Name: "postgres", Title: "transitions committed to PostgreSQL against transactions by hand", Database: true, Run: measurePostgres,
}

// Targets of commits to PostgreSQL.
var (
	overSixTrips = Target{AtLeast: 5}
	overOneTrip  = Target{AtLeast: 2}
	belowTheirs  = Target{Below: 1}
)

func measurePostgres(ctx context.Context, s Setting) (found Outcome, err error) {
	seeded, err := s.seed(ctx)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, seeded.drop()) }()
	sides := []side{
		seeded.ours("Decide and the writer"),
		seeded.sixTrips(bySequence), seeded.sixTrips(byCounter), seeded.oneTrip(bySequence), seeded.oneTrip(byCounter),
	}
	turns, err := s.alternate(ctx, s.Clients, sides)
	if err != nil {
		return found, err
	}
	what := fmt.Sprintf("transitions by %d clients", s.Clients)
	for i, limit := range sides[1:] {
		rate := overSixTrips
		if i >= 2 {
			rate = overOneTrip
		}
		found.Rows = append(found.Rows, against(limit.name, what, turns[0], turns[i+1], rate, belowTheirs)...)
	}
	found.Notes, err = seeded.notes(ctx, sides, turns)
	return found, err
}

// seeded is a database filled by an office, with a copy of it for each side, so that nobody writes where another wrote.
type seeded struct {
	setting Setting
	filled  database
	ids     []string
	copies  map[string]database // by side
}

// seed fills a database with cases.
func (s Setting) seed(ctx context.Context) (*seeded, error) {
	s.tell(fmt.Sprintf("opening %d proposals", s.Cases))
	filled, err := s.database(ctx, "template0")
	if err != nil {
		return nil, err
	}
	made := &seeded{setting: s, filled: filled, copies: map[string]database{}}
	if err := made.fill(ctx); err != nil {
		return nil, errors.Join(err, made.drop())
	}
	return made, nil
}

func (d *seeded) config(of database) installation.Config {
	return installation.Config{Data: d.setting.Dir, Database: of.url}
}

func (d *seeded) fill(ctx context.Context) error {
	o, err := openOffice(ctx, d.config(d.filled))
	if err != nil {
		return err
	}
	d.ids, err = o.propose(ctx, d.setting.Cases)
	return errors.Join(err, o.store.Close())
}

// drop drops every database that was made.
func (d *seeded) drop() error {
	errs := []error{d.filled.drop()}
	for _, copied := range d.copies {
		errs = append(errs, copied.drop())
	}
	return errors.Join(errs...)
}

// copyFor is the database of a side, made when it is first asked for.
func (d *seeded) copyFor(ctx context.Context, name string) (database, error) {
	copied, made := d.copies[name]
	if made {
		return copied, nil
	}
	copied, err := d.setting.database(ctx, d.filled.name)
	if err == nil {
		d.copies[name] = copied
	}
	return copied, err
}

// ours is the engine with its store, without HTTP.
func (d *seeded) ours(name string) side {
	return side{name: name, written: d.written, open: func(ctx context.Context) (func(context.Context, int) error, func() error, error) {
		copied, err := d.copyFor(ctx, name)
		if err != nil {
			return nil, nil, err
		}
		o, err := openOffice(ctx, d.config(copied))
		if err != nil {
			return nil, nil, err
		}
		work := recording(len(d.ids), d.setting.Clients, func(ctx context.Context, _, n int) error { return o.record(ctx, d.ids[n]) })
		return work, o.store.Close, nil
	}}
}

func (d *seeded) sixTrips(by numbering) side {
	return d.byHand("six round trips, "+string(by), by, (*handPool).sixTrips)
}

func (d *seeded) oneTrip(by numbering) side {
	return d.byHand("one statement, "+string(by), by, (*handPool).oneTrip)
}

func (d *seeded) byHand(name string, by numbering, record func(*handPool, context.Context, int) error) side {
	return side{name: name, written: d.written, open: func(ctx context.Context) (func(context.Context, int) error, func() error, error) {
		copied, err := d.copyFor(ctx, name)
		if err != nil {
			return nil, nil, err
		}
		h, err := openHand(ctx, copied.url, by, d.ids, d.setting.Clients)
		if err != nil {
			return nil, nil, err
		}
		work := recording(len(d.ids), d.setting.Clients, func(ctx context.Context, _, n int) error { return record(h, ctx, n) })
		return work, func() error { h.pool.Close(); return nil }, nil
	}}
}

// written reads how many bytes of log the server has written, for all its databases.
func (d *seeded) written(ctx context.Context) (int64, error) {
	var bytes int64
	err := d.ask(ctx, `SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint`, nil, &bytes)
	return bytes, err
}

// notes says what a contact leaves, and under which settings.
func (d *seeded) notes(ctx context.Context, sides []side, turns [][]turn) ([]string, error) {
	var version, fsync, commit string
	var body, text int
	err := d.ask(ctx, `SELECT current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit'),
		octet_length(c.body), octet_length(j.text) FROM cases c JOIN journal j ON j.proposal_id = c.id
		WHERE c.id = $1 ORDER BY j.seq DESC LIMIT 1`, []any{d.ids[0]}, &version, &fsync, &commit, &body, &text)
	notes := []string{
		fmt.Sprintf("PostgreSQL %s, fsync %s, synchronous_commit %s, %d proposals", version, fsync, commit, len(d.ids)),
		fmt.Sprintf("a contact updates 1 row of cases (body of %d bytes) and inserts 1 row of journal (text of %d bytes); read are the case, its open tasks and its partner", body, text),
	}
	for i, one := range sides {
		notes = append(notes, fmt.Sprintf("%s: %.0f bytes of log a contact", one.name, median(each(turns[i], func(t turn) float64 { return t.bytes }))))
	}
	return notes, err
}

// ask reads one row of the database that was filled.
func (d *seeded) ask(ctx context.Context, query string, arguments []any, into ...any) (err error) {
	connection, err := pgx.Connect(ctx, d.filled.url)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() { err = errors.Join(err, connection.Close(ctx)) }()
	if err := connection.QueryRow(ctx, query, arguments...).Scan(into...); err != nil {
		return fmt.Errorf("ask the server: %w", err)
	}
	return nil
}
