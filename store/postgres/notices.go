package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"hejnal/store"
	"hejnal/store/internal/listing"
	"hejnal/store/internal/row"
	"hejnal/store/postgres/internal/pgdb"
)

// moveNotices keeps notices only where the position moves. sqlc knows no unnest of several arrays.
const moveNotices = `WITH moved AS (UPDATE notice_position SET pos = $2 WHERE single = 1 AND pos = $1 RETURNING pos),
put AS (INSERT INTO notices (person_id, pos, event_id, proposal_id, kind, at)
    SELECT n.person_id, n.pos, n.event_id, n.proposal_id, n.kind, n.at
    FROM unnest($3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::bigint[]) AS n (person_id, pos, event_id, proposal_id, kind, at)
    WHERE EXISTS (SELECT FROM moved)
    ON CONFLICT DO NOTHING)
SELECT count(*) FROM moved`

// PutNotices keeps notices and moves the position.
func (s *Store) PutNotices(ctx context.Context, from, to int64, notices []store.Notice) error {
	var took int64
	err := s.write(ctx, func(ctx context.Context) error {
		if from == store.NoNotices {
			var err error
			took, err = s.read.BeginNotices(ctx, to)
			return err
		}
		people, positions, events := make([]string, len(notices)), make([]int64, len(notices)), make([]string, len(notices))
		cases, kinds, moments := make([]string, len(notices)), make([]string, len(notices)), make([]int64, len(notices))
		for i, n := range notices {
			people[i], positions[i], events[i] = n.PersonID, n.Pos, n.EventID
			cases[i], kinds[i], moments[i] = n.ProposalID, n.Kind, row.Micro(n.At)
		}
		return s.pool.QueryRow(ctx, moveNotices, from, to, people, positions, events, cases, kinds, moments).Scan(&took)
	})
	if err == nil && took == 0 {
		err = &store.StaleError{What: "notices"}
	}
	if err != nil {
		return fmt.Errorf("put notices: %w", err)
	}
	return nil
}

// MarkRead marks the person's notices up to the position as read.
func (s *Store) MarkRead(ctx context.Context, personID string, upTo int64) error {
	err := s.write(ctx, func(ctx context.Context) error {
		return s.read.MarkNoticesRead(ctx, pgdb.MarkNoticesReadParams{PersonID: personID, Pos: upTo})
	})
	if err != nil {
		return fmt.Errorf("mark notices read: %w", err)
	}
	return nil
}

// NoticePosition returns the position up to which notices were made.
func (s *Store) NoticePosition(ctx context.Context) (int64, error) {
	pos, err := some(ctx, s, func(ctx context.Context, _ struct{}) (int64, error) { return s.read.NoticePosition(ctx) }, struct{}{})
	if errors.Is(err, pgx.ErrNoRows) {
		return store.NoNotices, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read position of notices: %w", err)
	}
	return pos, nil
}

// ListNotices returns the person's notices, the newest first.
func (s *Store) ListNotices(ctx context.Context, personID string, page store.PageRequest) (store.Page[store.Notice], error) {
	before, limit, err := listing.NoticesBefore(page)
	if err != nil {
		return store.Page[store.Notice]{}, fmt.Errorf("list notices: %w", err)
	}
	rows, err := some(ctx, s, s.read.NoticesOf, pgdb.NoticesOfParams{PersonID: personID, Before: before, Count: int32(limit + 1)})
	if err != nil {
		return store.Page[store.Notice]{}, fmt.Errorf("list notices: %w", err)
	}
	read, err := s.noticesRead(ctx, personID)
	if err != nil {
		return store.Page[store.Notice]{}, err
	}
	notices := make([]store.Notice, len(rows))
	for i, from := range rows {
		notices[i] = store.Notice{
			PersonID: from.PersonID, Pos: from.Pos, EventID: from.EventID, ProposalID: from.ProposalID, Kind: from.Kind, At: row.Moment(from.At),
			Read: from.Pos <= read,
		}
	}
	return listing.NoticePage(notices, limit), nil
}

// CountUnread counts the person's unread notices, up to the limit.
func (s *Store) CountUnread(ctx context.Context, personID string, limit int) (int, error) {
	read, err := s.noticesRead(ctx, personID)
	if err != nil {
		return 0, err
	}
	count, err := some(ctx, s, s.read.CountNoticesAfter, pgdb.CountNoticesAfterParams{PersonID: personID, Pos: read, Count: int32(limit)})
	if err != nil {
		return 0, fmt.Errorf("count unread notices: %w", err)
	}
	return int(count), nil
}

// noticesRead is the position up to which the person has read.
func (s *Store) noticesRead(ctx context.Context, personID string) (int64, error) {
	read, err := one(ctx, s, s.read.NoticesRead, personID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return 0, fmt.Errorf("read how far notices are read: %w", err)
	}
	return read, nil
}
