package postgres

import (
	"context"
	"fmt"
	"time"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/store/postgres/internal/pgdb"
)

// LastEpoch returns the newest epoch of a stream.
func (s *Store) LastEpoch(ctx context.Context, stream string) (store.Epoch, error) {
	from, err := one(ctx, s, s.read.LastEpoch, stream)
	if err != nil {
		return store.Epoch{}, fmt.Errorf("read epoch of %s: %w", stream, err)
	}
	return store.Epoch{
		Stream: from.Stream, Number: from.Epoch, Common: from.Common, Last: from.Last, Kept: from.Kept, EventID: from.EventID,
		Readers: []byte(from.Readers), BeganAt: row.Moment(from.BeganAt), Ended: from.Ended,
	}, nil
}

// BeginEpoch keeps an epoch that is about to begin.
func (s *Store) BeginEpoch(ctx context.Context, epoch store.Epoch) error {
	err := s.write(ctx, func(ctx context.Context) error {
		return s.read.BeginEpoch(ctx, pgdb.BeginEpochParams{
			Stream: epoch.Stream, Epoch: epoch.Number, Common: epoch.Common, Last: epoch.Last, Kept: epoch.Kept, EventID: epoch.EventID,
			Readers: string(epoch.Readers), BeganAt: row.Micro(epoch.BeganAt),
		})
	})
	if err != nil {
		return fmt.Errorf("keep epoch %d of %s: %w", epoch.Number, epoch.Stream, err)
	}
	return nil
}

// EndEpoch notes that the stream has been made anew.
func (s *Store) EndEpoch(ctx context.Context, stream string, number int64) error {
	err := s.write(ctx, func(ctx context.Context) error {
		rows, err := s.read.EndEpoch(ctx, pgdb.EndEpochParams{Stream: stream, Epoch: number})
		if err == nil && rows == 0 {
			err = store.ErrNotFound
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("end epoch %d of %s: %w", number, stream, err)
	}
	return nil
}

// Clock returns the time of the database server.
func (s *Store) Clock(ctx context.Context) (time.Time, error) {
	now, err := some(ctx, s, func(ctx context.Context, _ struct{}) (time.Time, error) {
		found, err := s.read.Clock(ctx)
		return found.Time, err
	}, struct{}{})
	if err != nil {
		return time.Time{}, fmt.Errorf("read the database's clock: %w", err)
	}
	return now, nil
}
