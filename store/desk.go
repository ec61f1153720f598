package store

import (
	"context"
	"time"
)

// DraftSize is how large a draft may be, in bytes.
const DraftSize = 64 << 10

// How long what is not journalled is kept.
const (
	DraftsKept = 30 * 24 * time.Hour
	LooksKept  = 24 * time.Hour
)

// Desk keeps what somebody is at: forms that are half filled in, and pages of acts that are open. Neither is journalled; Sweep
// removes what is older than DraftsKept and LooksKept.
type Desk interface {
	// PutDraft keeps a draft, or replaces the one of the same id. One of another person is ErrNotFound.
	PutDraft(ctx context.Context, draft Draft) error
	// Draft returns a draft of the person, or ErrNotFound.
	Draft(ctx context.Context, id, personID string) (Draft, error)
	// ListDrafts returns the person's drafts, at most 50, the last changed first.
	ListDrafts(ctx context.Context, personID string) ([]Draft, error)
	// DropDraft removes a draft of the person; one that is not there is no error.
	DropDraft(ctx context.Context, id, personID string) error
	// PutLook notes that somebody opened an act of a case.
	PutLook(ctx context.Context, look Look) error
	// Looks returns who looked at the cases since the moment, the last first.
	Looks(ctx context.Context, proposalIDs []string, since time.Time) ([]Look, error)
}

// Draft is a form that is half filled in; Data is the face's own.
type Draft struct {
	ID        string
	PersonID  string
	Kind      string
	Data      []byte // DraftSize at most
	UpdatedAt time.Time
}

// Look says that somebody had an act of a case open.
type Look struct {
	ProposalID string
	PersonID   string
	At         time.Time
}
