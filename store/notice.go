package store

import (
	"context"
	"time"
)

// NoticesKept is how long notices are kept.
const NoticesKept = 366 * 24 * time.Hour

// NoNotices is the position of notices that were never begun.
const NoNotices int64 = -1

// The kinds of notice.
const (
	NoticeTransition = "transition" // a case that the person has to do with moved
	NoticeAssigned   = "assigned"   // a task was given to the person by somebody else
	NoticeOverdue    = "overdue"    // the day of the person's task has passed
)

// Notice tells one person of one journal entry. It is made from the journal and is not journalled itself; Sweep removes it when
// it is NoticesKept old.
type Notice struct {
	PersonID   string
	Pos        int64 // of the entry; a person has one notice of it at most
	EventID    string
	ProposalID string
	Kind       string
	At         time.Time // of the entry
	Read       bool      // set where notices are read
}

// Notices keeps what people are told, with the position up to which the journal was gone through for it.
type Notices interface {
	// NoticePosition returns the position up to which notices were made, NoNotices where that was never begun.
	NoticePosition(ctx context.Context) (int64, error)
	// PutNotices keeps the notices of the entries after from up to to, and moves the position, both or neither. ErrStale says that
	// the position is another than from.
	PutNotices(ctx context.Context, from, to int64, notices []Notice) error
	// ListNotices returns the person's notices, the newest first.
	ListNotices(ctx context.Context, personID string, page PageRequest) (Page[Notice], error)
	// CountUnread counts the person's unread notices, up to the limit.
	CountUnread(ctx context.Context, personID string, limit int) (int, error)
	// MarkRead marks the person's notices up to the position as read; those that were read stay so.
	MarkRead(ctx context.Context, personID string, upTo int64) error
}
