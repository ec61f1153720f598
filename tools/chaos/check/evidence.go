package check

import (
	"database/sql"
	"encoding/json"
	"strings"
)

// evidence is what the store holds.
type evidence struct {
	entries     []*entry // by position
	byID        map[string]*entry
	cases       map[string]*kept
	tasks       map[string]*task
	documents   map[string]*document
	comments    map[string]string // id → proposal
	answers     []*answer
	definitions map[string][]byte // by digest
}

// entry is a row of the journal.
type entry struct {
	pos       int64
	publicPos sql.NullInt64
	at        int64
	id        string
	kind      string
	proposal  string
	seq       int64
	cause     string
	subject   string
	text      []byte
	leaf      []byte

	publicID, publicSubject sql.NullString
	publicText              []byte

	event event
}

// event is what its text says.
type event struct {
	SpecVersion string `json:"specversion"`
	ID          string `json:"id"`
	Type        string `json:"type"`
	Subject     string `json:"subject"`
	Time        string `json:"time"`
	DataSchema  string `json:"dataschema"`
	Data        data   `json:"data"`
}

// data is what events of any kind may tell.
type data struct {
	ID         string            `json:"id"`
	ProposalID string            `json:"proposal_id"`
	Seq        int64             `json:"seq"`
	Track      string            `json:"track"`
	Transition string            `json:"transition"`
	Event      string            `json:"event"`
	From       string            `json:"from"`
	To         string            `json:"to"`
	Definition ref               `json:"definition"`
	Form       string            `json:"form"`
	Stage      string            `json:"stage"`
	State      string            `json:"state"`
	Tracks     map[string]string `json:"tracks"`
	Inputs     map[string]any    `json:"inputs"`
	// of tasks
	Rule     string  `json:"rule"`
	Role     string  `json:"role"`
	Assignee *string `json:"assignee"`
	Outcome  string  `json:"outcome"`
	Cause    string  `json:"cause"`
	// of documents
	SHA256 string `json:"sha256"`
}

type ref struct {
	Version int    `json:"version"`
	Digest  string `json:"digest"`
}

// kept is a case.
type kept struct {
	id, form, state, stage string
	version                int64
	body                   body
}

// body is what a case says of itself.
type body struct {
	ID         string            `json:"id"`
	Form       string            `json:"form"`
	Definition ref               `json:"definition"`
	Stage      string            `json:"stage"`
	State      string            `json:"state"`
	Tracks     map[string]string `json:"tracks"`
	Version    int64             `json:"version"`
	Seq        int64             `json:"seq"`
	LastAct    string            `json:"last_act"`
	Links      []json.RawMessage `json:"links"`
}

// task is a row of the tasks.
type task struct {
	id, proposal, form, role, state, assignee string
	opened, closed                            int64
}

// document is a row of the documents.
type document struct{ id, proposal, sha256 string }

// answer is a kept answer to a request with a key.
type answer struct {
	person, method, path, key, digest string
	status                            int64
	location, etag                    string
	body                              []byte
	first, at                         int64
}

// id is what the answer names: the id of what was made.
func (a *answer) id() string {
	var named struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(a.body, &named) != nil {
		return ""
	}
	return named.ID
}

// what is what happened to a task, from the subject of its event.
func (e *entry) what(prefix string) string {
	rest := strings.TrimPrefix(e.subject, prefix+".task.")
	if tokens := strings.Split(rest, "."); len(tokens) == 4 {
		return tokens[1]
	}
	return ""
}

// at finds the entry at a position.
func (f *evidence) at(pos int64) *entry {
	for low, high := 0, len(f.entries); low < high; {
		switch middle := (low + high) / 2; {
		case f.entries[middle].pos == pos:
			return f.entries[middle]
		case f.entries[middle].pos < pos:
			low = middle + 1
		default:
			high = middle
		}
	}
	return nil
}
