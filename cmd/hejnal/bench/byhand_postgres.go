package bench

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"hejnal/cmd/hejnal/installation"
)

// numbering is how what is written by hand gets its position.
type numbering string

// By a sequence a position costs nothing and may leave a gap; by the counter row there is no gap, and the row is locked
// until the commit.
const (
	bySequence numbering = "sequence"
	byCounter  numbering = "gapless counter"
)

// handPool writes contacts by hand through a pool with a connection for each client.
type handPool struct {
	pool      *pgxpool.Pool
	numbering numbering
	templates []template
}

// The statements of a contact by hand: what the engine reads, and what it leaves.
const (
	readCase = `SELECT version, body FROM cases WHERE id = $1 FOR UPDATE`
	readAt   = `SELECT p.body, ARRAY(SELECT t.body FROM tasks t WHERE t.proposal_id = $2 AND t.state = 'open') FROM partners p WHERE p.id = $1`
	moveCase = `UPDATE cases SET version = $2, updated_at = $3, body = $4 WHERE id = $1 AND version = $2 - 1`
	columns  = `INSERT INTO journal (pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf) `
)

// insertEntry writes the journal entry under the next position.
var insertEntry = map[numbering]string{
	bySequence: columns + `VALUES (nextval('by_hand'), $1, $2, 'transition', $3, $4, '', $5, $6, $7)`,
	byCounter: `WITH last AS (UPDATE counter SET pos = pos + 1 RETURNING pos) ` + columns +
		`SELECT last.pos, $1, $2, 'transition', $3, $4, '', $5, $6, $7 FROM last`,
}

// inOne does all of it in one statement. Its parts see the case as it was before.
var inOne = map[numbering]string{
	bySequence: `WITH was AS (SELECT id, version, body FROM cases WHERE id = $1),
		moved AS (UPDATE cases SET version = $2, updated_at = $3, body = $4 WHERE id = $1 AND version = $2 - 1 RETURNING id),
		added AS (` + columns + `SELECT nextval('by_hand'), $3, $5, 'transition', moved.id, $6, '', $7, $8, $9 FROM moved RETURNING pos)
		SELECT added.pos, was.version, was.body, p.body, ARRAY(SELECT t.body FROM tasks t WHERE t.proposal_id = $1 AND t.state = 'open')
		FROM added, was, partners p WHERE p.id = $10`,
	byCounter: `WITH was AS (SELECT id, version, body FROM cases WHERE id = $1),
		moved AS (UPDATE cases SET version = $2, updated_at = $3, body = $4 WHERE id = $1 AND version = $2 - 1 RETURNING id),
		last AS (UPDATE counter SET pos = pos + 1 WHERE EXISTS (SELECT FROM moved) RETURNING pos),
		added AS (` + columns + `SELECT last.pos, $3, $5, 'transition', moved.id, $6, '', $7, $8, $9 FROM moved, last RETURNING pos)
		SELECT added.pos, was.version, was.body, p.body, ARRAY(SELECT t.body FROM tasks t WHERE t.proposal_id = $1 AND t.state = 'open')
		FROM added, was, partners p WHERE p.id = $10`,
}

// openHand connects so many clients to a database that an office has filled, and learns from its cases.
func openHand(ctx context.Context, location string, by numbering, ids []string, clients int) (*handPool, error) {
	config, err := pgxpool.ParseConfig(location)
	if err != nil {
		return nil, fmt.Errorf("read address: %w", err)
	}
	config.MaxConns, config.MinConns = int32(clients), int32(clients)
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	h := &handPool{pool: pool, numbering: by}
	if err := h.prepare(ctx, ids); err != nil {
		pool.Close()
		return nil, err
	}
	return h, nil
}

// prepare makes the sequence, behind everything in the journal, and the templates of the cases.
func (h *handPool) prepare(ctx context.Context, ids []string) error {
	if _, err := h.pool.Exec(ctx, `CREATE SEQUENCE IF NOT EXISTS by_hand`); err != nil {
		return fmt.Errorf("make sequence: %w", err)
	}
	if _, err := h.pool.Exec(ctx, `SELECT setval('by_hand', greatest((SELECT max(pos) FROM journal), 1))`); err != nil {
		return fmt.Errorf("set sequence: %w", err)
	}
	rows, err := h.pool.Query(ctx, `SELECT c.id, c.partner_id, c.body, c.version, j.seq, j.event_id, j.subject, j.text
		FROM unnest($1::text[]) WITH ORDINALITY AS asked (id, place) JOIN cases c ON c.id = asked.id
		JOIN LATERAL (SELECT * FROM journal j WHERE j.proposal_id = c.id AND j.seq > 0 ORDER BY j.seq DESC LIMIT 1) j ON true ORDER BY place`, ids)
	if err != nil {
		return fmt.Errorf("look at cases: %w", err)
	}
	h.templates, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (template, error) {
		var s stored
		if err := row.Scan(&s.id, &s.partner, &s.body, &s.version, &s.seq, &s.event, &s.subject, &s.text); err != nil {
			return template{}, err
		}
		return templateOf(s)
	})
	if err == nil && len(h.templates) != len(ids) {
		err = fmt.Errorf("%d of %d are there", len(h.templates), len(ids))
	}
	if err != nil {
		return fmt.Errorf("look at cases: %w", err)
	}
	return nil
}

// sixTrips records a contact of the case at the place in a transaction of six round trips.
func (h *handPool) sixTrips(ctx context.Context, n int) error {
	made := h.templates[n].next(installation.NewID(), time.Now())
	return pgx.BeginFunc(ctx, h.pool, func(tx pgx.Tx) error {
		var version int64
		var body, partner string
		var tasks []string
		if err := tx.QueryRow(ctx, readCase, made.id).Scan(&version, &body); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, readAt, made.partner, made.id).Scan(&partner, &tasks); err != nil {
			return err
		}
		moved, err := tx.Exec(ctx, moveCase, made.id, made.version, made.at, made.body)
		if err != nil {
			return err
		}
		if moved.RowsAffected() != 1 {
			return errors.New("the case moved meanwhile")
		}
		_, err = tx.Exec(ctx, insertEntry[h.numbering], made.at, made.event, made.id, made.seq, made.subject, made.text, leaf(made.text))
		return err
	})
}

// oneTrip records a contact of the case at the place in one statement.
func (h *handPool) oneTrip(ctx context.Context, n int) error {
	_, err := h.contact(ctx, n)
	return err
}

// contact is oneTrip that answers what it wrote.
func (h *handPool) contact(ctx context.Context, n int) (contactRow, error) {
	made := h.templates[n].next(installation.NewID(), time.Now())
	var pos, version int64
	var body, partner string
	var tasks []string
	err := h.pool.QueryRow(ctx, inOne[h.numbering], made.id, made.version, made.at, made.body,
		made.event, made.seq, made.subject, made.text, leaf(made.text), made.partner).Scan(&pos, &version, &body, &partner, &tasks)
	return made, err
}

// leaf is the hash that the journal keeps of an event.
func leaf(text []byte) []byte {
	sum := sha256.New()
	sum.Write([]byte{0})
	sum.Write(text)
	return sum.Sum(nil)
}
