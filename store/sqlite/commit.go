package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/store/sqlite/internal/sqlitedb"
)

// Commit commits the change together with whatever else waits.
func (s *Store) Commit(ctx context.Context, change store.Change) (store.Committed, error) {
	var done store.Committed
	rows, err := encode(change)
	if err != nil {
		return done, err
	}
	waiting := &job{entries: len(change.Entries) > 0, change: true, trace: change.Trace}
	waiting.run = func(ctx context.Context, g *group) error {
		var err error
		done, err = g.write(ctx, change, rows)
		waiting.durable = &store.Durable{At: change.At, Entries: change.Entries, FirstPos: done.FirstPos}
		return err
	}
	if err := s.do(ctx, waiting); err != nil {
		return store.Committed{}, fmt.Errorf("commit change: %w", err)
	}
	s.lookups.wrote(change, rows)
	return done, nil
}

// do hands a job to the writer and waits for it.
func (s *Store) do(ctx context.Context, waiting *job) error {
	if err := s.gate.Enter(); err != nil {
		return err
	}
	defer s.gate.Leave()
	return full(s.queue.Do(ctx, waiting))
}

// write does a job that has no entries.
func (s *Store) write(ctx context.Context, run func(context.Context, *group) error) error {
	return s.do(ctx, &job{run: run})
}

// signal tells that there are new entries; it never waits.
func (s *Store) signal() {
	select {
	case s.committed <- struct{}{}:
	default:
	}
}

// encoded are the rows of a change, made before it waits for the writer.
type encoded struct {
	cases    []caseRow
	tasks    []row.Task
	partners []row.Partner
}

// caseRow is the whole row of a case, or no more than its move.
type caseRow struct {
	id    string
	whole row.Case
	move  *row.Move
}

func encodeCase(write store.CaseWrite) (caseRow, error) {
	made := caseRow{id: write.Proposal.ID}
	if row.IsMove(write) {
		move, err := row.OfMove(write)
		made.move = &move
		return made, err
	}
	var err error
	made.whole, err = row.OfCase(write.Proposal)
	return made, err
}

func encode(change store.Change) (encoded, error) {
	var rows encoded
	for _, write := range change.Cases {
		made, err := encodeCase(write)
		if err != nil {
			return rows, err
		}
		rows.cases = append(rows.cases, made)
	}
	for _, write := range change.Tasks {
		made, err := row.OfTask(write.Task)
		if err != nil {
			return rows, err
		}
		rows.tasks = append(rows.tasks, made)
	}
	for _, write := range change.Partners {
		made, err := row.OfPartner(write.Partner)
		if err != nil {
			return rows, err
		}
		rows.partners = append(rows.partners, made)
	}
	return rows, nil
}

// write applies one change.
func (g *group) write(ctx context.Context, change store.Change, rows encoded) (store.Committed, error) {
	var done store.Committed
	if err := g.unused(ctx, change.Key); err != nil {
		return done, err
	}
	for _, step := range []func(context.Context, store.Change, encoded) error{
		g.writePartners, g.writePeople, g.writeCases, g.writeTasks, g.refreshDue, g.writeAttached, g.checkScopes, g.writeHolds, g.writeLogins, g.writeSubstitutions,
	} {
		if err := step(ctx, change, rows); err != nil {
			return done, err
		}
	}
	first, err := g.append(ctx, change)
	if err != nil {
		return done, err
	}
	done.FirstPos = first
	return done, g.answer(ctx, change, first)
}

func (g *group) unused(ctx context.Context, key *store.Key) error {
	if key == nil {
		return nil
	}
	used, err := g.KeyUsed(ctx, sqlitedb.KeyUsedParams{Person: key.User, Method: key.Method, Path: key.Path, Key: key.Key})
	if err == nil && used {
		return store.ErrKeyUsed
	}
	return err
}

func (g *group) answer(ctx context.Context, change store.Change, first int64) error {
	key := change.Key
	if key == nil {
		return nil
	}
	return g.InsertAnswer(ctx, sqlitedb.InsertAnswerParams{
		Person: key.User, Method: key.Method, Path: key.Path, Key: key.Key, BodyHash: key.BodyHash,
		Status: int64(key.Answer.Status), Location: key.Answer.Location, Etag: key.Answer.ETag, Body: row.Present(key.Answer.Body),
		FirstPos: first, At: row.Micro(change.At),
	})
}

// append writes the entries to the journal and returns the position of the first.
func (g *group) append(ctx context.Context, change store.Change) (int64, error) {
	if len(change.Entries) == 0 {
		return 0, nil
	}
	if err := g.number(ctx); err != nil {
		return 0, err
	}
	first := g.pos + 1
	for _, entry := range change.Entries {
		g.pos++
		if err := g.InsertEntry(ctx, g.entryRow(entry, row.Micro(change.At))); err != nil {
			return 0, fmt.Errorf("write entry %s: %w", entry.ID, err)
		}
		for _, personal := range entry.Personal {
			if err := g.InsertPersonal(ctx, sqlitedb.InsertPersonalParams{
				Pos: g.pos, Pointer: personal.Pointer, Value: row.Present(personal.Value), Salt: row.Present(personal.Salt),
			}); err != nil {
				return 0, fmt.Errorf("write personal value of %s: %w", entry.ID, err)
			}
		}
	}
	return first, nil
}

func (g *group) entryRow(entry store.Entry, at int64) sqlitedb.InsertEntryParams {
	made := sqlitedb.InsertEntryParams{
		Pos: g.pos, At: at, EventID: entry.ID, Kind: entry.Kind, ProposalID: entry.ProposalID, Seq: entry.Seq,
		Cause: entry.Cause, Subject: entry.Subject, Text: row.Present(entry.Text), Leaf: row.Leaf(entry.Text),
	}
	if public := entry.Public; public != nil {
		g.publicPos++
		made.PublicPos = sql.NullInt64{Int64: g.publicPos, Valid: true}
		made.PublicID = sql.NullString{String: public.ID, Valid: true}
		made.PublicSubject = sql.NullString{String: public.Subject, Valid: true}
		made.PublicText = row.Present(public.Text)
	}
	return made
}

// found turns the driver's answer that there is no row into the contract's.
func found(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return store.ErrNotFound
	}
	return err
}
