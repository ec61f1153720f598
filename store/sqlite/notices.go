package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hejnal/store"
	"hejnal/store/internal/listing"
	"hejnal/store/internal/row"
	"hejnal/store/sqlite/internal/sqlitedb"
)

// PutNotices keeps notices and moves the position.
func (s *Store) PutNotices(ctx context.Context, from, to int64, notices []store.Notice) error {
	err := s.write(ctx, func(ctx context.Context, g *group) error {
		took, err := g.moveNotices(ctx, from, to)
		if err := tookOr(took, err, &store.StaleError{What: "notices"}); err != nil {
			return err
		}
		for _, n := range notices {
			if err := g.InsertNotice(ctx, sqlitedb.InsertNoticeParams{
				PersonID: n.PersonID, Pos: n.Pos, EventID: n.EventID, ProposalID: n.ProposalID, Kind: n.Kind, At: row.Micro(n.At),
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("put notices: %w", err)
	}
	return nil
}

func (g *group) moveNotices(ctx context.Context, from, to int64) (int64, error) {
	if from == store.NoNotices {
		return g.BeginNotices(ctx, to)
	}
	return g.MoveNotices(ctx, sqlitedb.MoveNoticesParams{After: to, Expect: from})
}

// MarkRead marks the person's notices up to the position as read.
func (s *Store) MarkRead(ctx context.Context, personID string, upTo int64) error {
	err := s.write(ctx, func(ctx context.Context, g *group) error {
		return g.MarkNoticesRead(ctx, sqlitedb.MarkNoticesReadParams{PersonID: personID, Pos: upTo})
	})
	if err != nil {
		return fmt.Errorf("mark notices read: %w", err)
	}
	return nil
}

// NoticePosition returns the position up to which notices were made.
func (s *Store) NoticePosition(ctx context.Context) (int64, error) {
	pos, err := some(ctx, s, func(ctx context.Context, _ struct{}) (int64, error) { return s.read.NoticePosition(ctx) }, struct{}{})
	if errors.Is(err, sql.ErrNoRows) {
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
	rows, err := some(ctx, s, s.read.NoticesOf, sqlitedb.NoticesOfParams{PersonID: personID, Before: before, Count: int64(limit + 1)})
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
	count, err := some(ctx, s, s.read.CountNoticesAfter, sqlitedb.CountNoticesAfterParams{PersonID: personID, Pos: read, Count: int64(limit)})
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
