package postgres

import (
	"context"
	"fmt"
	"time"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/store/postgres/internal/pgdb"
)

// mostDrafts is how many drafts of a person are listed.
const mostDrafts = 50

// PutDraft keeps a draft.
func (s *Store) PutDraft(ctx context.Context, draft store.Draft) error {
	if len(draft.Data) > store.DraftSize {
		return fmt.Errorf("put draft: %d bytes are more than %d", len(draft.Data), store.DraftSize)
	}
	var took int64
	err := s.write(ctx, func(ctx context.Context) error {
		var err error
		took, err = s.read.PutDraft(ctx, pgdb.PutDraftParams{
			ID: draft.ID, PersonID: draft.PersonID, Kind: draft.Kind, Data: row.Present(draft.Data), UpdatedAt: row.Micro(draft.UpdatedAt),
		})
		return err
	})
	if err == nil && took == 0 {
		err = store.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("put draft: %w", err)
	}
	return nil
}

// Draft returns a draft of the person.
func (s *Store) Draft(ctx context.Context, id, personID string) (store.Draft, error) {
	from, err := one(ctx, s, s.read.DraftOf, pgdb.DraftOfParams{ID: id, PersonID: personID})
	if err != nil {
		return store.Draft{}, fmt.Errorf("read draft: %w", err)
	}
	return draft(from), nil
}

func draft(from pgdb.Draft) store.Draft {
	return store.Draft{ID: from.ID, PersonID: from.PersonID, Kind: from.Kind, Data: from.Data, UpdatedAt: row.Moment(from.UpdatedAt)}
}

// ListDrafts returns the person's drafts, the last changed first.
func (s *Store) ListDrafts(ctx context.Context, personID string) ([]store.Draft, error) {
	rows, err := some(ctx, s, s.read.DraftsOf, pgdb.DraftsOfParams{PersonID: personID, Limit: mostDrafts})
	if err != nil {
		return nil, fmt.Errorf("list drafts: %w", err)
	}
	drafts := make([]store.Draft, len(rows))
	for i, from := range rows {
		drafts[i] = draft(from)
	}
	return drafts, nil
}

// DropDraft removes a draft of the person.
func (s *Store) DropDraft(ctx context.Context, id, personID string) error {
	err := s.write(ctx, func(ctx context.Context) error {
		return s.read.DropDraft(ctx, pgdb.DropDraftParams{ID: id, PersonID: personID})
	})
	if err != nil {
		return fmt.Errorf("drop draft: %w", err)
	}
	return nil
}

// PutLook notes that somebody opened an act of a case.
func (s *Store) PutLook(ctx context.Context, look store.Look) error {
	err := s.write(ctx, func(ctx context.Context) error {
		return s.read.PutLook(ctx, pgdb.PutLookParams{ProposalID: look.ProposalID, PersonID: look.PersonID, At: row.Micro(look.At)})
	})
	if err != nil {
		return fmt.Errorf("put look: %w", err)
	}
	return nil
}

// Looks returns who looked at the cases since the moment, the last first.
func (s *Store) Looks(ctx context.Context, proposalIDs []string, since time.Time) ([]store.Look, error) {
	rows, err := some(ctx, s, s.read.LooksAt, pgdb.LooksAtParams{Proposals: proposalIDs, Since: row.Micro(since)})
	if err != nil {
		return nil, fmt.Errorf("read looks: %w", err)
	}
	looks := make([]store.Look, len(rows))
	for i, from := range rows {
		looks[i] = store.Look{ProposalID: from.ProposalID, PersonID: from.PersonID, At: row.Moment(from.At)}
	}
	return looks, nil
}
