package postgres

import (
	"context"
	"fmt"
	"time"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/store/postgres/internal/pgdb"
)

// Person returns a person, disabled or not.
func (s *Store) Person(ctx context.Context, id string) (store.Person, error) {
	return person(one(ctx, s, s.read.PersonByID, id))
}

// PersonByName finds a person by login.
func (s *Store) PersonByName(ctx context.Context, name string) (store.Person, error) {
	return person(one(ctx, s, s.read.PersonByName, name))
}

// PersonByToken returns the person whose unexpired token has the hash.
func (s *Store) PersonByToken(ctx context.Context, hash string, now time.Time) (store.Person, error) {
	holder, err := lookUp(ctx, s, s.lookups.tokens, hash)
	if err == nil && holder.expiresAt != 0 && holder.expiresAt <= row.Micro(now) {
		err = store.ErrNotFound
	}
	if err != nil {
		return store.Person{}, fmt.Errorf("read person: %w", err)
	}
	return holder.person, nil
}

func person(from pgdb.Person, err error) (store.Person, error) {
	if err != nil {
		return store.Person{}, fmt.Errorf("read person: %w", err)
	}
	return row.ToPerson(store.Person{
		ID: from.ID, Name: from.Name, FullName: from.FullName, PasswordHash: from.PasswordHash,
		MustChange: from.MustChange, Disabled: from.Disabled, Version: from.Version,
	}, from.Roles, from.CreatedAt)
}

// PutSession stores a session.
func (s *Store) PutSession(ctx context.Context, session store.Session) error {
	err := s.write(ctx, func(ctx context.Context) error {
		return s.read.PutSession(ctx, pgdb.PutSessionParams{
			Hash: session.Hash, PersonID: session.PersonID, Data: row.Present(session.Data),
			CreatedAt: row.Micro(session.CreatedAt), ExpiresAt: row.Micro(session.ExpiresAt),
		})
	})
	if err != nil {
		return fmt.Errorf("put session: %w", err)
	}
	return nil
}

// Session returns an unexpired session.
func (s *Store) Session(ctx context.Context, hash string, now time.Time) (store.Session, error) {
	from, err := one(ctx, s, s.read.SessionByHash, pgdb.SessionByHashParams{Hash: hash, Now: row.Micro(now)})
	if err != nil {
		return store.Session{}, fmt.Errorf("read session: %w", err)
	}
	return store.Session{
		Hash: from.Hash, PersonID: from.PersonID, Data: from.Data,
		CreatedAt: row.Moment(from.CreatedAt), ExpiresAt: row.Moment(from.ExpiresAt),
	}, nil
}

// EndSession removes a session; one that is not there is no error.
func (s *Store) EndSession(ctx context.Context, hash string) error {
	err := s.write(ctx, func(ctx context.Context) error { return s.read.EndSession(ctx, hash) })
	if err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}

// EndSessions removes every session of a person but one.
func (s *Store) EndSessions(ctx context.Context, personID, except string) error {
	err := s.write(ctx, func(ctx context.Context) error {
		return s.read.EndSessions(ctx, pgdb.EndSessionsParams{PersonID: personID, Hash: except})
	})
	if err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	return nil
}
