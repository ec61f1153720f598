package store

import (
	"time"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// PageRequest bounds a page: at most Limit rows (1–200; 0 means 50) after Cursor, which an earlier page gave ("" begins).
type PageRequest struct {
	Limit  int
	Cursor string
}

// Page is one page of a list; an empty Next means that it is the last.
type Page[T any] struct {
	Items []T
	Next  string
}

// CaseFilter narrows a list of cases; zero fields do not narrow. Text is folded by the store (case, diacritics) and every
// word of it must occur in number, title or partner's names. Sort is updated_at, created_at, number, title or due_on, with
// "-" before it to turn it round; "" is -updated_at; any other is an error. Titles sort by Polish rules in both backends,
// numbers by year and serial; cases without a due date come last, either way round.
type CaseFilter struct {
	Form, State, Stage, Country, PartnerID string
	Text                                   string
	MineUser                               string          // cases with an open task that is assigned to this user, or unassigned and asked of MineRoles
	MineRoles                              []workflow.Role // with MineUser
	OverdueOn                              calendar.Date   // cases with an open task or running deadline due before this day
	States                                 []string        // in any of these states; empty does not narrow
	Open                                   bool            // cases that have come to no end
	Returned                               bool            // cases in a later round than the first
	OpenedSince                            time.Time       // cases opened then or later, imported ones left out; zero does not narrow
	Sort                                   string
	PageRequest
}

// TaskFilter narrows a list of tasks, which is ordered by due date (none last), then age. State is open or completed; "" is both.
type TaskFilter struct {
	Role      workflow.Role
	MineUser  string          // assigned to this user, or unassigned and asked of MineRoles
	MineRoles []workflow.Role // with MineUser
	State     string
	Form      string
	DueBefore calendar.Date
	DueOn     calendar.Date // due on this very day
	Rule      string        // id of the task in its definition
	// OpenedAfter leaves out tasks that were open by then. It does not make a list cheaper: narrow to a role, person or rule too.
	OpenedAfter time.Time
	LastFirst   bool // turns the order round: without a due date first, then the last due, of each the last opened first
	PageRequest
}

// CommentFilter says whose comments are listed, which are ordered by age, the oldest first.
type CommentFilter struct {
	ProposalID string
	LastFirst  bool // turns the order round
	PageRequest
}

// PartnerFilter narrows a list of partners, which is ordered by name by Polish rules.
type PartnerFilter struct {
	Text, Country, Kind string
	PageRequest
}
