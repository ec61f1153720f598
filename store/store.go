package store

import (
	"context"
	"time"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Store is everything a backend gives. Callers ask for the small interface that they need.
type Store interface {
	Writer
	Reader
	Definitions
	Leases
	Epochs
	Clock
	// Pools says how the connections fare.
	Pools() []Pool
	// Close waits for running calls, then releases everything; later calls answer ErrClosed. Closing twice is no error.
	Close() error
}

// Reader is the read side.
type Reader interface {
	Cases
	Journal
	Tasks
	Overviews
	Partners
	People
	Subscribers
	Office
}

// Office reads what the people of the office keep beside the cases, and writes what of it is not journalled.
type Office interface {
	Desk
	Substitutions
	Notices
}

// Writer commits changes.
type Writer interface {
	// Commit commits the change all or nothing and returns once it is durable. Changes that wait together may share one
	// commit; a stale one fails alone. Errors: ErrStale, ErrKeyUsed, ErrExists, ErrClosed.
	Commit(ctx context.Context, change Change) (Committed, error)
	// Answered returns the stored answer under a key, or ErrNotFound. Answers older than 30 days may be gone.
	Answered(ctx context.Context, user, method, path, key string) (Answered, error)
	// NextSerial draws the next running number of a series, from 1. A number that is drawn and not used leaves a gap.
	NextSerial(ctx context.Context, series string) (int, error)
	// Committed is signalled (capacity one, never blocking) after each commit by this process that has entries, and, where
	// the backend can tell, soon after those of others. A signal may come without a new entry.
	Committed() <-chan struct{}
	// Health answers nil once it has committed something that nobody reads.
	Health(ctx context.Context) error
	// Sweep removes sessions and tokens that ended before the moment, and what was AnswersKept, DraftsKept, LooksKept or NoticesKept old by
	// then.
	Sweep(ctx context.Context, before time.Time) error
}

// Cases reads cases and what belongs to one.
type Cases interface {
	// Case returns a case with its open tasks, or ErrNotFound. What it refers to is shared with others who read the same
	// case, and is not to be changed; the same holds for a case that was committed.
	Case(ctx context.Context, id string) (workflow.Proposal, error)
	// CaseWithPartner is Case with the partner as the register has it; the zero value where the register has none.
	CaseWithPartner(ctx context.Context, id string) (workflow.Proposal, Partner, error)
	ListCases(ctx context.Context, filter CaseFilter) (Page[workflow.Proposal], error)
	// Scopes returns the fact scopes named; one that nothing was ever held in is the zero value.
	Scopes(ctx context.Context, scopes []string) (workflow.Facts, error)
	// History returns the transitions of a case with seq > afterSeq, oldest first, each with its personal values (by
	// pointer). A limit of 0 means 50, here and in the journal; the most is 10,000.
	History(ctx context.Context, proposalID string, afterSeq int64, limit int) ([]Record, error)
	ListComments(ctx context.Context, filter CommentFilter) (Page[Comment], error)
}

// Journal reads the journal in the order of positions.
type Journal interface {
	// Head returns the last position, 0 when the journal is empty.
	Head(ctx context.Context) (int64, error)
	// After returns entries with a position above pos, in order, without gaps; Personal is left empty.
	After(ctx context.Context, pos int64, limit int) ([]Record, error)
	PublicHead(ctx context.Context) (int64, error)
	// PublicAfter returns entries with a public position above pos, in that order.
	PublicAfter(ctx context.Context, pos int64, limit int) ([]Record, error)
	// Entry returns one entry by its event id, with its personal values, or ErrNotFound.
	Entry(ctx context.Context, eventID string) (Record, error)
}

// Tasks reads tasks.
type Tasks interface {
	Task(ctx context.Context, id string) (workflow.Task, error)
	ListTasks(ctx context.Context, filter TaskFilter) (Page[workflow.Task], error)
	// Due returns open tasks due before the day that are not yet marked overdue, oldest due date first.
	Due(ctx context.Context, before calendar.Date, limit int) ([]DueTask, error)
	// SessionDays returns the days from the day on, the next first, on which tasks of the rules are due, open or completed;
	// with an empty day all days, the newest first. A limit of 0 means 50, the most is 200.
	SessionDays(ctx context.Context, rules []string, from calendar.Date, limit int) ([]SessionDay, error)
}

// Overviews tell of many cases at once.
type Overviews interface {
	Counts
	Register
	Figures
}

// Counts counts what waits. A count stops at its limit, so that it costs the same however much there is.
type Counts interface {
	// CountTasks counts the open tasks of a role that are due before the day; an empty day means all open ones.
	CountTasks(ctx context.Context, role workflow.Role, before calendar.Date, limit int) (int, error)
	// CountOverdueCases counts the cases of which something is due before the day.
	CountOverdueCases(ctx context.Context, before calendar.Date, limit int) (int, error)
}

// Partners reads partners.
type Partners interface {
	Partner(ctx context.Context, id string) (Partner, error)
	// PartnerByName finds a partner by its folded name, country and kind, or ErrNotFound.
	PartnerByName(ctx context.Context, fold, country, kind string) (Partner, error)
	ListPartners(ctx context.Context, filter PartnerFilter) (Page[Partner], error)
}

// People reads people, their tokens and sessions, and writes sessions, which are not journalled.
type People interface {
	Person(ctx context.Context, id string) (Person, error)
	PersonByName(ctx context.Context, name string) (Person, error)
	// ListPeople returns people who are not disabled, by name; an empty role means all.
	ListPeople(ctx context.Context, role workflow.Role, page PageRequest) (Page[Person], error)
	// PersonByToken returns the person whose unexpired token has the hash, or ErrNotFound.
	PersonByToken(ctx context.Context, hash string, now time.Time) (Person, error)
	PutSession(ctx context.Context, session Session) error
	// Session returns an unexpired session, or ErrNotFound.
	Session(ctx context.Context, hash string, now time.Time) (Session, error)
	EndSession(ctx context.Context, hash string) error
	// EndSessions removes every session of a person but the one with the hash; an empty hash keeps none.
	EndSessions(ctx context.Context, personID, except string) error
}

// Subscribers reads NATS logins.
type Subscribers interface {
	Subscriber(ctx context.Context, name string) (Subscriber, error)
	ListSubscribers(ctx context.Context) ([]Subscriber, error)
}

// Definitions keeps the definitions that cases began under.
type Definitions interface {
	// PutDefinition stores a definition's canonical form under its digest; storing it again is no error.
	PutDefinition(ctx context.Context, form string, version int, digest string, source []byte) error
	// Definition returns the canonical form, or ErrNotFound.
	Definition(ctx context.Context, digest string) ([]byte, error)
}

// Leases make one process the leader of something, by the store's own clock.
type Leases interface {
	// Acquire takes or renews the lease for the time; it reports false while somebody else holds it. Where the backend has
	// sessions, taking over an expired lease ends the session of the one who held it.
	Acquire(ctx context.Context, name, holder string, ttl time.Duration) (bool, error)
	Release(ctx context.Context, name, holder string) error
	// Holder answers who holds the lease now; empty: nobody.
	Holder(ctx context.Context, name string) (string, error)
}
