package postgres

import (
	"context"
	"fmt"
	"time"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/store/postgres/internal/pgdb"
)

// Answered returns the stored answer under a key.
func (s *Store) Answered(ctx context.Context, user, method, path, key string) (store.Answered, error) {
	from, err := one(ctx, s, s.read.AnswerOf, pgdb.AnswerOfParams{Person: user, Method: method, Path: path, Key: key})
	if err != nil {
		return store.Answered{}, fmt.Errorf("read answer: %w", err)
	}
	return store.Answered{
		BodyHash: from.BodyHash, FirstPos: from.FirstPos, At: row.Moment(from.At),
		Answer: store.Answer{Status: int(from.Status), Location: from.Location, ETag: from.Etag, Body: from.Body},
	}, nil
}

// NextSerial draws the next running number of a series.
func (s *Store) NextSerial(ctx context.Context, series string) (int, error) {
	var drawn int64
	err := s.write(ctx, func(ctx context.Context) error {
		var err error
		drawn, err = s.read.NextSerial(ctx, series)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("draw serial of %s: %w", series, err)
	}
	return int(drawn), nil
}

// Health writes what every commit writes, the counter of positions, over the connection that commits take.
func (s *Store) Health(ctx context.Context) error {
	if err := s.write(ctx, func(ctx context.Context) error { return pgdb.New(s.writing).TouchCounter(ctx) }); err != nil {
		return fmt.Errorf("check store: %w", err)
	}
	return nil
}

// Sweep removes what ended before the moment: answers, sessions, drafts, looks, notices and tokens.
func (s *Store) Sweep(ctx context.Context, before time.Time) error {
	err := s.write(ctx, func(ctx context.Context) error {
		if err := s.read.SweepAnswers(ctx, row.Micro(before.Add(-store.AnswersKept))); err != nil {
			return err
		}
		if err := s.read.SweepSessions(ctx, row.Micro(before)); err != nil {
			return err
		}
		if err := s.read.SweepDrafts(ctx, row.Micro(before.Add(-store.DraftsKept))); err != nil {
			return err
		}
		if err := s.read.SweepNotices(ctx, row.Micro(before.Add(-store.NoticesKept))); err != nil {
			return err
		}
		if err := s.read.SweepLooks(ctx, row.Micro(before.Add(-store.LooksKept))); err != nil {
			return err
		}
		return s.read.SweepTokens(ctx, row.Micro(before))
	})
	if err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	return nil
}

// PutDefinition stores a definition under its digest.
func (s *Store) PutDefinition(ctx context.Context, form string, version int, digest string, source []byte) error {
	err := s.write(ctx, func(ctx context.Context) error {
		return s.read.PutDefinition(ctx, pgdb.PutDefinitionParams{Digest: digest, Form: form, Version: int64(version), Source: row.Present(source)})
	})
	if err != nil {
		return fmt.Errorf("put definition %s: %w", digest, err)
	}
	return nil
}

// Definition returns a definition by its digest.
func (s *Store) Definition(ctx context.Context, digest string) ([]byte, error) {
	source, err := one(ctx, s, s.read.Definition, digest)
	if err != nil {
		return nil, fmt.Errorf("read definition %s: %w", digest, err)
	}
	return source, nil
}
