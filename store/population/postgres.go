package population

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/jackc/pgx/v5"
)

var postgresTables = [tables]table{
	tableCases: {"cases", []string{
		"id", "version", "form", "state", "stage", "country", "partner_id", "number_key", "title_key", "created_at", "updated_at", "deadline_on", "due_on", "waiting", "body",
	}},
	tableSearch: {"cases_search", []string{"id", "search"}},
	tableTasks: {"tasks", []string{
		"id", "proposal_id", "form", "role", "state", "outcome", "assignee", "opened_at", "closed_at", "due_on", "overdue", "body",
	}},
	tableDocuments: {"documents", []string{"id", "proposal_id", "sha256", "body"}},
	tableComments:  {"comments", []string{"id", "proposal_id", "author", "text", "at"}},
	tableJournal: {"journal", []string{
		"pos", "public_pos", "at", "event_id", "kind", "proposal_id", "seq", "cause", "subject", "text", "leaf", "public_id", "public_subject", "public_text",
	}},
	tablePersonal:       {"personal", []string{"pos", "pointer", "value", "salt"}},
	tableHolders:        {"holders", []string{"scope", "label", "proposal_id"}},
	tableScopes:         {"scopes", []string{"scope", "version"}},
	tablePartners:       {"partners", []string{"id", "version", "fold", "country", "kind", "name_key", "body"}},
	tablePartnersSearch: {"partners_search", []string{"id", "search"}},
	tableSerials:        {"serials", []string{"series", "last"}},
}

// listed does what the triggers of cases would have done.
const listed = `INSERT INTO cases_listed (id, form, state, stage, country, partner_id, number_key, title_key, created_at, due_on, waiting)
	SELECT id, form, state, stage, country, partner_id, number_key, title_key, created_at, due_on, waiting FROM cases`

// registered does what the triggers of the register would have done.
const registered = `INSERT INTO register (id, status, form, country, continent, partner_id, fields, title_key, since, since_back, year)
	SELECT id, status, form, country, continent, partner_id, fields, title_key, since, since_back, year FROM register_entries`

// copiers is how many connections write at once.
const copiers = 2

// Postgres fills the store in the database that the URL names, whose schema must be there. It takes indexes and foreign
// keys away while it writes; where it fails, the database is good for nothing.
func Postgres(ctx context.Context, url string, plan Plan, progress Progress) error {
	connection, err := pgx.Connect(ctx, url)
	if err != nil {
		return fmt.Errorf("fill store: %w", err)
	}
	err = fillPostgres(ctx, connection, url, plan, progress)
	if err := errors.Join(err, connection.Close(context.WithoutCancel(ctx))); err != nil {
		return fmt.Errorf("fill store: %w", err)
	}
	return nil
}

func fillPostgres(ctx context.Context, connection *pgx.Conn, url string, plan Plan, progress Progress) error {
	d, err := newDealer(plan)
	if err != nil {
		return err
	}
	l := &layer{dealer: d, scopes: map[string]int64{}}
	if err := connection.QueryRow(ctx, "SELECT pos, public_pos FROM counter").Scan(&l.pos, &l.public); err != nil {
		return fmt.Errorf("read the journal's head: %w", err)
	}
	if _, err := connection.Exec(ctx, "ALTER TABLE cases DISABLE TRIGGER USER; ALTER TABLE tasks DISABLE TRIGGER USER"); err != nil {
		return fmt.Errorf("silence triggers: %w", err)
	}
	again, err := strip(ctx, connection)
	if err != nil {
		return err
	}
	partners, err := l.layPartners()
	if err != nil {
		return err
	}
	if err := copyBatch(ctx, connection, partners); err != nil {
		return err
	}
	if err := copyAll(ctx, url, l, progress); err != nil {
		return err
	}
	if err := copyBatch(ctx, connection, l.layShared()); err != nil {
		return err
	}
	if _, err := connection.Exec(ctx, "UPDATE counter SET pos = $1, public_pos = $2", l.pos, l.public); err != nil {
		return fmt.Errorf("set the journal's head: %w", err)
	}
	for _, statement := range slices.Concat([]string{listed, registered, "ALTER TABLE cases ENABLE TRIGGER USER", "ALTER TABLE tasks ENABLE TRIGGER USER"}, again, []string{"VACUUM (ANALYZE)"}) {
		if _, err := connection.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// strip takes away the indexes and foreign keys that slow writing down, and gives the statements that bring them back.
func strip(ctx context.Context, connection *pgx.Conn) ([]string, error) {
	again := []string{"SET maintenance_work_mem = '256MB'"}
	for _, query := range []string{
		`SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname),
			'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid)
		FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND conrelid <> 'tokens'::regclass`,
		`SELECT 'DROP INDEX ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
		FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
		WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
	} {
		rows, err := connection.Query(ctx, query)
		if err != nil {
			return nil, fmt.Errorf("list indexes: %w", err)
		}
		pairs, err := pgx.CollectRows(rows, pgx.RowToStructByPos[struct{ Away, Again string }])
		if err != nil {
			return nil, fmt.Errorf("list indexes: %w", err)
		}
		for _, pair := range pairs {
			if _, err := connection.Exec(ctx, pair.Away); err != nil {
				return nil, fmt.Errorf("%s: %w", pair.Away, err)
			}
			again = append(again, pair.Again)
		}
	}
	return again, nil
}

// copyAll writes the batches over several connections.
func copyAll(ctx context.Context, url string, l *layer, progress Progress) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	batches := make(chan *batch)
	var group sync.WaitGroup
	for range copiers {
		group.Go(func() {
			if err := copyFrom(ctx, url, batches); err != nil {
				stop(err)
			}
		})
	}
	for b := l.next(); b != nil && ctx.Err() == nil; b = l.next() {
		select {
		case batches <- b:
			progress.tell(l.written)
		case <-ctx.Done():
		}
	}
	close(batches)
	group.Wait()
	return context.Cause(ctx)
}

func copyFrom(ctx context.Context, url string, batches <-chan *batch) error {
	connection, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	for b := range batches {
		if err = copyBatch(ctx, connection, b); err != nil {
			break
		}
	}
	return errors.Join(err, connection.Close(context.WithoutCancel(ctx)))
}

func copyBatch(ctx context.Context, connection *pgx.Conn, b *batch) error {
	for i, of := range postgresTables {
		if len(b.rows[i]) == 0 {
			continue
		}
		for n, row := range b.rows[i] {
			b.rows[i][n] = row[:len(of.columns)]
		}
		if _, err := connection.CopyFrom(ctx, pgx.Identifier{of.name}, of.columns, pgx.CopyFromRows(b.rows[i])); err != nil {
			return fmt.Errorf("copy into %s: %w", of.name, err)
		}
	}
	return nil
}
