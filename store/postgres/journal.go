package postgres

import (
	"context"
	"fmt"

	"hejnal/store"
	"hejnal/store/internal/listing"
	"hejnal/store/internal/row"
	"hejnal/store/postgres/internal/pgdb"
)

// Head returns the last position.
func (s *Store) Head(ctx context.Context) (int64, error) {
	return s.head(ctx, s.read.Head)
}

// PublicHead returns the last public position.
func (s *Store) PublicHead(ctx context.Context) (int64, error) {
	return s.head(ctx, s.read.PublicHead)
}

func (s *Store) head(ctx context.Context, query func(context.Context) (int64, error)) (int64, error) {
	pos, err := some(ctx, s, func(ctx context.Context, _ struct{}) (int64, error) { return query(ctx) }, struct{}{})
	if err != nil {
		return 0, fmt.Errorf("read the journal's head: %w", err)
	}
	return pos, nil
}

// After returns entries with a position above pos.
func (s *Store) After(ctx context.Context, pos int64, limit int) ([]store.Record, error) {
	rows, err := some(ctx, s, s.read.JournalAfter, pgdb.JournalAfterParams{Pos: pos, Count: listing.JournalLimit(limit)})
	if err != nil {
		return nil, fmt.Errorf("read the journal after %d: %w", pos, err)
	}
	return records(rows), nil
}

// PublicAfter returns entries with a public position above pos.
func (s *Store) PublicAfter(ctx context.Context, pos int64, limit int) ([]store.Record, error) {
	rows, err := some(ctx, s, s.read.JournalPublicAfter, pgdb.JournalPublicAfterParams{PublicPos: pos, Count: listing.JournalLimit(limit)})
	if err != nil {
		return nil, fmt.Errorf("read the public journal after %d: %w", pos, err)
	}
	return records(rows), nil
}

// Entry returns one entry with its personal values.
func (s *Store) Entry(ctx context.Context, eventID string) (store.Record, error) {
	found, err := one(ctx, s, s.read.JournalEntry, eventID)
	if err != nil {
		return store.Record{}, fmt.Errorf("read entry %s: %w", eventID, err)
	}
	read := records([]pgdb.Journal{found})
	if err := s.attach(ctx, read); err != nil {
		return store.Record{}, fmt.Errorf("read entry %s: %w", eventID, err)
	}
	return read[0], nil
}

// History returns the transitions of a case with their personal values.
func (s *Store) History(ctx context.Context, proposalID string, afterSeq int64, limit int) ([]store.Record, error) {
	rows, err := some(ctx, s, s.read.JournalHistory, pgdb.JournalHistoryParams{
		ProposalID: proposalID, Seq: afterSeq, Count: listing.JournalLimit(limit),
	})
	if err != nil {
		return nil, fmt.Errorf("read history of %s: %w", proposalID, err)
	}
	read := records(rows)
	if err := s.attach(ctx, read); err != nil {
		return nil, fmt.Errorf("read history of %s: %w", proposalID, err)
	}
	return read, nil
}

// attach adds the personal values of records, which ascend by position, as those of one case do.
func (s *Store) attach(ctx context.Context, read []store.Record) error {
	var wanted, positions []int64
	for _, record := range read {
		wanted = append(wanted, record.Pos)
	}
	rows, err := some(ctx, s, s.read.PersonalOf, wanted)
	if err != nil {
		return err
	}
	var values []store.Personal
	for _, value := range rows {
		positions = append(positions, value.Pos)
		values = append(values, store.Personal{Pointer: value.Pointer, Value: value.Value, Salt: value.Salt})
	}
	row.Attach(read, positions, values)
	return nil
}

func records(rows []pgdb.Journal) []store.Record {
	read := make([]store.Record, len(rows))
	for i, from := range rows {
		read[i] = store.Record{Pos: from.Pos, At: row.Moment(from.At), Entry: store.Entry{
			ID: from.EventID, Kind: from.Kind, ProposalID: from.ProposalID, Seq: from.Seq, Cause: from.Cause,
			Subject: from.Subject, Text: from.Text,
		}}
		if from.PublicPos != nil {
			read[i].PublicPos = *from.PublicPos
			read[i].Public = &store.PublicEntry{ID: *from.PublicID, Subject: *from.PublicSubject, Text: from.PublicText}
		}
	}
	return read
}
