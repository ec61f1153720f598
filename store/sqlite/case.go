package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"hejnal/store"
	"hejnal/store/internal/coalesce"
	"hejnal/store/internal/held"
	"hejnal/store/internal/row"
	"hejnal/workflow"
)

// casesAmong asks for cases by their ids, with their partners and open tasks. The join is written in the order in which it
// is to be made.
const casesAmong = `SELECT cases.id, cases.body, cases.partner_id, coalesce(partners.fold, ''), coalesce(partners.body, ''),
    coalesce(tasks.id, ''), coalesce(tasks.outcome, ''), coalesce(tasks.assignee, ''), coalesce(tasks.overdue, 0), coalesce(tasks.body, '')
FROM json_each(?) AS asked CROSS JOIN cases ON cases.id = asked.value
LEFT JOIN partners ON partners.id = cases.partner_id
LEFT JOIN tasks ON tasks.proposal_id = cases.id AND tasks.state = 'open'`

// lookups reads cases that are moved. Who asks while a question runs is answered by the next one, all of them together:
// every commit makes a connection's pages stale, so that each question begins by reading the same ones again.
type lookups struct {
	connection *sql.Conn
	among      *sql.Stmt
	queue      *coalesce.Lookup[string, caseFound]
	cases      *held.Held[decoded[workflow.Proposal]]
	partners   *held.Held[decoded[store.Partner]]
}

// decoded is a value beside the stored text that says the same. It stands for as long as that very text is read.
type decoded[V any] struct {
	text  string
	value V
}

// caseFound is a case with its open tasks, and its partner, the zero value where the register has none.
type caseFound struct {
	proposal workflow.Proposal
	partner  store.Partner
}

// Bounds of what is held decoded.
const (
	heldEntries = 8192
	heldBytes   = 16 << 20
)

// askedTogether is how many cases one question asks for at most.
const askedTogether = 64

func startLookups(ctx context.Context, db *sql.DB) (*lookups, error) {
	connection, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	among, err := connection.PrepareContext(ctx, casesAmong)
	if err != nil {
		return nil, errors.Join(err, connection.Close())
	}
	l := &lookups{
		connection: connection, among: among,
		cases:    held.New[decoded[workflow.Proposal]](heldEntries, heldBytes),
		partners: held.New[decoded[store.Partner]](heldEntries, heldBytes),
	}
	l.queue = coalesce.StartLookup(askedTogether, l.find)
	return l, nil
}

func (l *lookups) close() error {
	l.queue.Close()
	return errors.Join(l.among.Close(), l.connection.Close())
}

// Case returns a case with its open tasks.
func (s *Store) Case(ctx context.Context, id string) (workflow.Proposal, error) {
	found, err := s.lookUp(ctx, id)
	return found.proposal, err
}

// CaseWithPartner returns a case with its open tasks, and its partner.
func (s *Store) CaseWithPartner(ctx context.Context, id string) (workflow.Proposal, store.Partner, error) {
	found, err := s.lookUp(ctx, id)
	return found.proposal, found.partner, err
}

func (s *Store) lookUp(ctx context.Context, id string) (caseFound, error) {
	if err := s.gate.Enter(); err != nil {
		return caseFound{}, fmt.Errorf("read case %s: %w", id, err)
	}
	defer s.gate.Leave()
	found, known, err := s.lookups.queue.Find(ctx, id)
	if err == nil && !known {
		err = store.ErrNotFound
	}
	if err != nil {
		return caseFound{}, fmt.Errorf("read case %s: %w", id, err)
	}
	return found, nil
}

// stored is a case as its rows have it.
type stored struct {
	id, body, partnerID, fold, partner string
	open                               []row.OpenTask
}

// find reads the cases as they are now; what this process has decoded before is not decoded again.
func (l *lookups) find(ctx context.Context, ids []string) (map[string]coalesce.Found[caseFound], error) {
	read, err := l.ask(ctx, ids)
	if err != nil {
		return nil, err
	}
	found := make(map[string]coalesce.Found[caseFound], len(read))
	for _, from := range read {
		found[from.id] = coalesce.Of(l.decode(from))
	}
	return found, nil
}

func (l *lookups) decode(from stored) (made caseFound, err error) {
	if made.proposal, err = kept(l.cases, from.id, from.body, toProposal); err != nil {
		return made, fmt.Errorf("decode case %s: %w", from.id, err)
	}
	if made.proposal.Tasks, err = row.ToTasks(from.open); err != nil || from.partner == "" {
		return made, err
	}
	if made.partner, err = kept(l.partners, from.partnerID, from.partner, toPartner); err != nil {
		return made, err
	}
	made.partner.Fold = from.fold
	return made, nil
}

// ask reads the rows of the cases; those of one case follow one another.
func (l *lookups) ask(ctx context.Context, ids []string) ([]stored, error) {
	asked, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := l.among.QueryContext(ctx, string(asked))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	read := make([]stored, 0, len(ids))
	for rows.Next() {
		var one stored
		var task row.OpenTask
		err := rows.Scan(&one.id, &one.body, &one.partnerID, &one.fold, &one.partner, &task.ID, &task.Outcome, &task.Assignee, &task.Overdue, &task.Body)
		if err != nil {
			return nil, err
		}
		if len(read) == 0 || read[len(read)-1].id != one.id {
			read = append(read, one)
		}
		if last := &read[len(read)-1]; task.ID != "" {
			last.open = append(last.open, task)
		}
	}
	return read, rows.Err()
}

// kept is what the text says, decoded once.
func kept[V any](in *held.Held[decoded[V]], id, text string, decode func(string) (V, error)) (V, error) {
	if before, known := in.Get(id); known && before.text == text {
		return before.value, nil
	}
	made, err := decode(text)
	if err == nil {
		in.Put(in.Era(), id, decoded[V]{text, made}, len(text))
	}
	return made, err
}

func toProposal(body string) (made workflow.Proposal, err error) {
	err = json.Unmarshal([]byte(body), &made)
	return made, err
}

func toPartner(body string) (store.Partner, error) { return row.ToPartner("", body) }

// wrote keeps the cases of a change that was committed, so that who moves a case again finds it decoded.
func (l *lookups) wrote(change store.Change, rows encoded) {
	for i, write := range change.Cases {
		body := rows.cases[i].whole.Body
		if rows.cases[i].move != nil {
			body = string(rows.cases[i].move.Body)
		}
		if made, same := row.Written(write, nil, nil); same {
			made.Tasks = nil
			l.cases.Put(l.cases.Era(), made.ID, decoded[workflow.Proposal]{body, *made}, len(body))
		}
	}
}
