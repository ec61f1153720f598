package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/store/sqlite/internal/sqlitedb"
)

// Answered returns the stored answer under a key.
func (s *Store) Answered(ctx context.Context, user, method, path, key string) (store.Answered, error) {
	from, err := one(ctx, s, s.read.AnswerOf, sqlitedb.AnswerOfParams{Person: user, Method: method, Path: path, Key: key})
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
	err := s.write(ctx, func(ctx context.Context, g *group) error {
		var err error
		drawn, err = g.NextSerial(ctx, series)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("draw serial of %s: %w", series, err)
	}
	return int(drawn), nil
}

// healthSeries is the series of serials that Health draws from.
const healthSeries = "health"

// Health goes through an empty commit.
func (s *Store) Health(ctx context.Context) error {
	if err := s.write(ctx, func(ctx context.Context, g *group) error {
		_, err := g.NextSerial(ctx, healthSeries)
		return err
	}); err != nil {
		return fmt.Errorf("check store: %w", err)
	}
	return nil
}

// Sweep removes what ended before the moment: answers, sessions, drafts, looks, notices and tokens.
func (s *Store) Sweep(ctx context.Context, before time.Time) error {
	err := s.write(ctx, func(ctx context.Context, g *group) error {
		if err := g.SweepAnswers(ctx, row.Micro(before.Add(-store.AnswersKept))); err != nil {
			return err
		}
		if err := g.SweepSessions(ctx, row.Micro(before)); err != nil {
			return err
		}
		if err := g.SweepDrafts(ctx, row.Micro(before.Add(-store.DraftsKept))); err != nil {
			return err
		}
		if err := g.SweepNotices(ctx, row.Micro(before.Add(-store.NoticesKept))); err != nil {
			return err
		}
		if err := g.SweepLooks(ctx, row.Micro(before.Add(-store.LooksKept))); err != nil {
			return err
		}
		return g.SweepTokens(ctx, row.Micro(before))
	})
	if err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	return nil
}

// PutDefinition stores a definition under its digest.
func (s *Store) PutDefinition(ctx context.Context, form string, version int, digest string, source []byte) error {
	err := s.write(ctx, func(ctx context.Context, g *group) error {
		return g.PutDefinition(ctx, sqlitedb.PutDefinitionParams{Digest: digest, Form: form, Version: int64(version), Source: row.Present(source)})
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

// Acquire takes or renews a lease, by the clock of the machine that holds the file.
func (s *Store) Acquire(ctx context.Context, name, holder string, ttl time.Duration) (bool, error) {
	var took int64
	err := s.write(ctx, func(ctx context.Context, g *group) error {
		var err error
		took, err = g.TakeLease(ctx, sqlitedb.TakeLeaseParams{Name: name, Holder: holder, Ttl: ttl.Microseconds()})
		return err
	})
	if err != nil {
		return false, fmt.Errorf("acquire lease %s: %w", name, err)
	}
	return took == 1, nil
}

// Release gives up a lease; one that is not held is no error.
func (s *Store) Release(ctx context.Context, name, holder string) error {
	err := s.write(ctx, func(ctx context.Context, g *group) error {
		return g.EndLease(ctx, sqlitedb.EndLeaseParams{Name: name, Holder: holder})
	})
	if err != nil {
		return fmt.Errorf("release lease %s: %w", name, err)
	}
	return nil
}

// Holder answers who holds a lease now, by the machine's clock.
func (s *Store) Holder(ctx context.Context, name string) (string, error) {
	holder, err := one(ctx, s, s.read.LeaseHolder, name)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read lease %s: %w", name, err)
	}
	return holder, nil
}
