package store

import (
	"time"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Change is everything that one accepted command writes, in one atomic commit.
type Change struct {
	At            time.Time // UTC, microseconds: the one timestamp of the change
	Trace         string    // W3C trace context under which the commit is followed; it is not kept
	Key           *Key      // nil: not idempotent
	Cases         []CaseWrite
	Scopes        []ScopeRead // fact scopes that the decision rests on
	Holds         []HoldWrite
	Tasks         []TaskWrite
	Documents     []DocumentWrite
	Comments      []Comment
	Partners      []PartnerWrite
	People        []PersonWrite
	Tokens        []Token
	Subscribers   []SubscriberWrite
	Substitutions []SubstitutionWrite
	Entries       []Entry // journal entries, in this order
}

// CaseWrite creates a case (Expect 0) or replaces the one that has version Expect.
type CaseWrite struct {
	Expect   int64
	Proposal workflow.Proposal // Tasks are not part of it: they are read from the tasks
	// Before may be given where Expect is not 0: the case as it is in that version. What it has in common with Proposal is
	// left as it is, which is quicker.
	Before *workflow.Proposal
}

// ScopeRead is a fact scope and the version it had when it was read (0: nothing was ever held in it).
type ScopeRead struct {
	Scope   string
	Version int64
}

// HoldWrite makes a case hold a label in a scope, or release it; each raises the scope's version by one.
// Holding what is held and releasing what is not are no errors.
type HoldWrite struct {
	Scope      string
	Label      string
	ProposalID string
	Release    bool
}

// TaskWrite does one thing to one task.
type TaskWrite struct {
	Do   TaskDo
	Task workflow.Task // Insert: whole; otherwise ID and what the act needs
	// ExpectAssignee is the assignee that Assign replaces ("" for nobody); another one makes the change stale.
	ExpectAssignee string
}

// TaskDo says what a TaskWrite does.
type TaskDo string

// Insert adds an open task; Close sets State, Outcome and ClosedAt of an open one; Assign sets Assignee of an open one;
// MarkOverdue sets Overdue of an open one that has it not. Close, Assign and MarkOverdue of a task that is not open are stale.
const (
	Insert      TaskDo = "insert"
	Close       TaskDo = "close"
	Assign      TaskDo = "assign"
	MarkOverdue TaskDo = "mark_overdue"
)

// DocumentWrite adds the description of an attached file; its bytes are already in the blob store.
type DocumentWrite struct {
	ProposalID string
	Document   workflow.Document
}

// PartnerWrite creates a partner (Expect 0) or replaces the one that has version Expect.
type PartnerWrite struct {
	Expect  int64
	Partner Partner
}

// PersonWrite creates a person (Expect 0) or replaces the one that has version Expect.
type PersonWrite struct {
	Expect int64
	Person Person
}

// SubscriberWrite creates a subscriber's login, or replaces it where Replace is set.
type SubscriberWrite struct {
	Replace    bool
	Subscriber Subscriber
}

// Entry is one event to be journalled.
type Entry struct {
	ID         string // event id, UUIDv7
	Kind       string // transition, task, document, admin
	ProposalID string // empty for admin
	Seq        int64  // of a transition within its case; 0 for the others
	Cause      string // id of the transition that brought it about; empty for transitions
	Subject    string // NATS subject
	Text       []byte // stored text of the event, without its position
	Public     *PublicEntry
	Personal   []Personal
}

// PublicEntry is the public event that goes with an entry.
type PublicEntry struct {
	ID      string
	Subject string
	Text    []byte
}

// Personal is a value that stands beside the journal; the event has a salted hash in its place.
type Personal struct {
	Pointer string // JSON pointer into the event's data
	Value   []byte // JSON
	Salt    []byte
}

// Key makes a change idempotent. The first change under (User, Method, Path, Key) is committed; a later one is refused
// with ErrKeyUsed, and Answered gives what was answered first.
type Key struct {
	User, Method, Path, Key string
	BodyHash                string // hex SHA-256 of the request body
	Answer                  Answer
}

// Answer is the first answer to a request. Body holds no position; Answered.FirstPos tells it.
type Answer struct {
	Status   int
	Location string
	ETag     string
	Body     []byte
}

// AnswersKept is how long an answer is kept at least.
const AnswersKept = 30 * 24 * time.Hour

// Answered is a stored answer.
type Answered struct {
	BodyHash string
	Answer   Answer
	FirstPos int64 // position of the change's first entry; 0 when it had none
	At       time.Time
}

// Committed tells where a change's entries stand: FirstPos, FirstPos+1 … (0 when it had none).
type Committed struct {
	FirstPos int64
}

// Comment is one remark on a case.
type Comment struct {
	ID         string    `json:"id"`
	ProposalID string    `json:"proposal_id"`
	By         string    `json:"by"`
	Text       string    `json:"text"`
	At         time.Time `json:"at"`
}

// Partner is a partner abroad as the store keeps it.
type Partner struct {
	workflow.Partner
	Fold            string    `json:"-"` // folded name; (Fold, Country, Kind) is unique
	ContinentReason string    `json:"continent_reason,omitempty"`
	Version         int64     `json:"version"`
	CreatedAt       time.Time `json:"created_at"`
	UpdatedAt       time.Time `json:"updated_at"`
}

// Person is somebody who may sign in.
type Person struct {
	ID           string          `json:"id"`
	Name         string          `json:"name"` // login, unique
	FullName     string          `json:"full_name"`
	Roles        []workflow.Role `json:"roles"`
	PasswordHash string          `json:"-"`
	MustChange   bool            `json:"must_change_password,omitempty"`
	Disabled     bool            `json:"disabled,omitempty"`
	Version      int64           `json:"version"`
	CreatedAt    time.Time       `json:"created_at"`
}

// Token is an API token; Hash is the hex SHA-256 of its secret. The zero ExpiresAt means that it does not expire.
type Token struct {
	ID        string
	PersonID  string
	Hash      string
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Session is a browser's session; Hash is the hex SHA-256 of its secret.
type Session struct {
	Hash      string
	PersonID  string
	Data      []byte
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Subscriber is a NATS login that only receives.
type Subscriber struct {
	Name         string // unique
	PasswordHash string
	Allow        []string // subjects
	Disabled     bool
	CreatedAt    time.Time
}

// Record is a journal entry as it was committed.
type Record struct {
	Pos       int64
	At        time.Time
	PublicPos int64 // 0: not public
	Entry
}

// DueTask is an open task whose day has passed and whose passing is not yet journalled.
type DueTask struct {
	TaskID     string
	ProposalID string
	DueOn      calendar.Date
}
