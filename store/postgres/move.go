package postgres

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"

	"hejnal/store"
	"hejnal/store/internal/row"
)

// move is a change that commit_moves can commit, as far as it can be encoded before it is known what it shares a group
// with.
type move struct {
	cases  []movedCase
	leaves [][]byte // of the entries
	lock   int64    // stands for the key
	others others
}

// movedCase is a case that moves on. taskDue is empty when neither its deadline nor its tasks change, otherwise the
// earliest due date of its new tasks.
type movedCase struct {
	row.Move
	taskDue string
}

// others is what most moves have none of, as the function write_others reads it.
type others struct {
	Cases     []newCaseRow  `json:"cases,omitempty"`
	Closed    []closedRow   `json:"closed,omitempty"`
	Closing   []string      `json:"closing,omitempty"`
	Tasks     []taskRow     `json:"tasks,omitempty"`
	Documents []documentRow `json:"documents,omitempty"`
	Comments  []commentRow  `json:"comments,omitempty"`
	Names     []string      `json:"names,omitempty"` // of the scopes, in order
	Scopes    []scopeRow    `json:"scopes,omitempty"`
	Holds     []holdRow     `json:"holds,omitempty"`
}

type newCaseRow struct {
	caseRow
	TitleKey []byte `json:"title_key"`
	DueOn    string `json:"due_on"`
}

type closedRow struct {
	ID         string `json:"id"`
	ProposalID string `json:"proposal_id"`
	State      string `json:"state"`
	Outcome    string `json:"outcome"`
	ClosedAt   int64  `json:"closed_at"`
}

// moves tells whether commit_moves can commit the change.
func moves(change store.Change) bool {
	if len(change.Partners)+len(change.People)+len(change.Tokens)+len(change.Subscribers)+len(change.Substitutions) > 0 {
		return false
	}
	for i, write := range change.Cases {
		if write.Expect > 0 && !row.IsMove(write) || writes(change.Cases[:i], write.Proposal.ID) {
			return false
		}
	}
	for _, write := range change.Tasks {
		if write.Do != store.Insert && write.Do != store.Close || !writes(change.Cases, write.Task.ProposalID) {
			return false
		}
	}
	for i, hold := range change.Holds {
		hold.Release = !hold.Release
		if slices.Contains(change.Holds[:i], hold) {
			return false
		}
	}
	return true
}

func writes(cases []store.CaseWrite, id string) bool {
	return slices.ContainsFunc(cases, func(write store.CaseWrite) bool { return write.Proposal.ID == id })
}

// encodeMove encodes a change that moves.
func encodeMove(change store.Change) (*move, error) {
	made := &move{leaves: make([][]byte, len(change.Entries))}
	for _, add := range []func(store.Change) error{made.addCases, made.addTasks, made.addDocuments} {
		if err := add(change); err != nil {
			return nil, err
		}
	}
	for i, entry := range change.Entries {
		made.leaves[i] = row.Leaf(entry.Text)
	}
	for _, c := range change.Comments {
		made.others.Comments = append(made.others.Comments, commentOf(c))
	}
	if change.Key != nil {
		made.lock = lockOf(*change.Key)
	}
	return made, nil
}

func (m *move) addCases(change store.Change) error {
	for _, write := range change.Cases {
		due, touched := newTasksDue(change.Tasks, write.Proposal.ID)
		if write.Expect == 0 {
			c, err := row.OfCase(write.Proposal)
			if err != nil {
				return err
			}
			m.others.Cases = append(m.others.Cases, newCaseRow{caseRow: caseOf(c), TitleKey: row.Present(c.TitleKey), DueOn: min(c.DeadlineOn, due)})
			continue
		}
		moved, err := row.OfMove(write)
		if err != nil {
			return err
		}
		made := movedCase{Move: moved}
		if touched || !moved.SameDeadline {
			made.taskDue = due
		}
		m.cases = append(m.cases, made)
	}
	return nil
}

// newTasksDue is the earliest due date of the open tasks that a case gets, and whether a task of it is written at all.
func newTasksDue(writes []store.TaskWrite, proposal string) (due string, touched bool) {
	due = row.NoDay
	for _, write := range writes {
		if write.Task.ProposalID != proposal {
			continue
		}
		touched = true
		if write.Do == store.Insert && write.Task.State == "open" {
			due = min(due, row.Day(write.Task.DueOn))
		}
	}
	return due, touched
}

func (m *move) addTasks(change store.Change) error {
	for _, write := range change.Tasks {
		t, err := row.OfTask(write.Task)
		if err != nil {
			return err
		}
		if write.Do == store.Insert {
			m.others.Tasks = append(m.others.Tasks, taskOf(write, t))
			continue
		}
		m.others.Closed = append(m.others.Closed, closedRow{ID: t.ID, ProposalID: t.ProposalID, State: t.State, Outcome: t.Outcome, ClosedAt: t.ClosedAt})
		m.others.Closing = append(m.others.Closing, t.ID)
	}
	return nil
}

func (m *move) addDocuments(change store.Change) error {
	for _, write := range change.Documents {
		made, err := documentOf(write)
		if err != nil {
			return err
		}
		m.others.Documents = append(m.others.Documents, made)
	}
	return nil
}

// lockOf is the number of the advisory lock that stands for a key. Keys that share one by chance wait for each other.
func lockOf(key store.Key) int64 {
	sum := fnv.New64a()
	for _, part := range []string{key.User, key.Method, key.Path, key.Key} {
		_, _ = sum.Write(append([]byte(part), 0)) // it cannot fail
	}
	return int64(sum.Sum64()) //nolint:gosec // any number will do
}

// add joins what another change of the group has.
func (o *others) add(more *others, change store.Change) {
	o.Cases = append(o.Cases, more.Cases...)
	o.Closed = append(o.Closed, more.Closed...)
	o.Closing = append(o.Closing, more.Closing...)
	o.Tasks = append(o.Tasks, more.Tasks...)
	o.Documents = append(o.Documents, more.Documents...)
	o.Comments = append(o.Comments, more.Comments...)
	for _, read := range change.Scopes {
		o.Scopes = append(o.Scopes, scopeRow(read))
		o.Names = append(o.Names, read.Scope)
	}
	for _, hold := range change.Holds {
		o.Holds = append(o.Holds, holdRow(hold))
		o.Names = append(o.Names, hold.Scope)
	}
}

// parameter is the rest of a group as a jsonb value, or NULL.
func (o *others) parameter() ([]byte, error) {
	if len(o.Cases)+len(o.Closed)+len(o.Tasks)+len(o.Documents)+len(o.Comments)+len(o.Names) == 0 {
		return nil, nil
	}
	slices.Sort(o.Names)
	o.Names = slices.Compact(o.Names)
	text, err := json.Marshal(o)
	if err != nil {
		return nil, fmt.Errorf("encode changes: %w", err)
	}
	const format = 1 // of jsonb in binary
	return append([]byte{format}, text...), nil
}
