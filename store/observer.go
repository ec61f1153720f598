package store

import "time"

// Observer is told what a backend does, so that it can be measured and followed. The functions may be nil; they are called
// between two groups, so they must be quick, and they must not call the store.
type Observer struct {
	// Group is called after a group of changes was committed, or was not.
	Group func(Group)
	// Durable is called after each commit with its changes that have entries, in the order of their positions, before
	// Committed is signalled. The changes must not be altered.
	Durable func([]Durable)
	// Retried is called when a statement is tried again because another process got in the way.
	Retried func()
}

// Group is a group of changes that shared a commit.
type Group struct {
	Changes int
	Begun   time.Time
	Took    time.Duration
	Traces  []string // Change.Trace of those that have one
	Failed  error    // nil unless a change failed by something else than its own refusal
}

// Durable is a change that was committed, and the position of its first entry.
type Durable struct {
	At       time.Time
	Entries  []Entry
	FirstPos int64
}

// Pool says how the connections of a backend fare.
type Pool struct {
	Name   string // read or write
	Busy   int
	Idle   int
	Limit  int
	Waits  int64         // times that somebody had to wait for a connection
	Waited time.Duration // altogether
}
