package population

import (
	"encoding/json"
	"fmt"
	"time"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// proposalMould is a sample made ready to be copied.
type proposalMould struct {
	*caster
	born        []time.Time // when the ids first appeared
	first, last time.Time
	open        bool          // it has open tasks
	due         calendar.Date // the first day, if any, on which a task that is open is due and not yet marked overdue
	number      string        // of the latest version
	row         row.Case
	dueOn       string
	body        mould
	tasks       []taskMould
	documents   []documentMould
	comments    []commentMould
	entries     []entryMould
	scopes      []scopeMould
}

type taskMould struct {
	row  row.Task
	id   mould
	who  mould
	body mould
}

type documentMould struct{ id, sha256, body mould }

type commentMould struct {
	id, by mould
	text   string
	at     time.Time
}

type entryMould struct {
	store.Entry
	at                                  time.Time
	id, proposal, cause, subject, text  mould
	publicID, publicSubject, publicText mould
}

type scopeMould struct {
	scope  mould
	writes int64           // by which the scope's version rises
	labels map[string]bool // held at the end
}

// castSample makes a sample ready.
func castSample(sample Sample, people map[string][]string) (*proposalMould, error) {
	var last workflow.Proposal
	for _, change := range sample {
		for _, write := range change.Cases {
			if last.ID != "" && last.ID != write.Proposal.ID {
				return nil, fmt.Errorf("read sample: it holds the cases %s and %s, and may hold one", last.ID, write.Proposal.ID)
			}
			last = write.Proposal
		}
	}
	if last.ID == "" {
		return nil, fmt.Errorf("read sample: %d changes, and no case in them", len(sample))
	}
	m := &proposalMould{caster: newCaster(last, sample, people), first: sample[0].At, number: last.Number}
	tasks := map[string]*workflow.Task{}
	var order []string
	for _, change := range sample {
		m.last = change.At
		for _, write := range change.Tasks {
			if write.Do == store.Insert {
				order = append(order, write.Task.ID)
			}
			applyTask(tasks, write)
		}
		if err := m.castChange(change); err != nil {
			return nil, err
		}
	}
	if err := m.castTasks(sample, tasks, order); err != nil {
		return nil, err
	}
	var err error
	if m.row, err = row.OfCase(last); err != nil {
		return nil, err
	}
	m.dueOn = m.row.DeadlineOn
	for i := range m.tasks {
		if m.tasks[i].row.State == "open" {
			m.dueOn = min(m.dueOn, m.tasks[i].row.DueOn)
		}
	}
	m.body = m.castAt(m.row.Body, m.last)
	return m, nil
}

// applyTask brings a task to where the write leaves it.
func applyTask(tasks map[string]*workflow.Task, write store.TaskWrite) {
	switch write.Do {
	case store.Insert:
		task := write.Task
		tasks[task.ID] = &task
	case store.Close:
		task := tasks[write.Task.ID]
		task.State, task.Outcome, task.ClosedAt = write.Task.State, write.Task.Outcome, write.Task.ClosedAt
	case store.Assign:
		tasks[write.Task.ID].Assignee = write.Task.Assignee
	case store.MarkOverdue:
		tasks[write.Task.ID].Overdue = true
	}
}

// castAt casts a text that was written at the moment.
func (m *proposalMould) castAt(text string, at time.Time) mould {
	made := m.cast(text)
	for len(m.born) < len(m.ids) {
		m.born = append(m.born, at)
	}
	return made
}

func (m *proposalMould) castChange(change store.Change) error {
	cast := func(text string) mould { return m.castAt(text, change.At) }
	for _, e := range change.Entries {
		made := entryMould{
			Entry: e, at: change.At, id: cast(e.ID), proposal: cast(e.ProposalID), cause: cast(e.Cause), subject: cast(e.Subject), text: cast(string(e.Text)),
		}
		if e.Public != nil {
			made.publicID, made.publicSubject, made.publicText = cast(e.Public.ID), cast(e.Public.Subject), cast(string(e.Public.Text))
		}
		m.entries = append(m.entries, made)
	}
	for _, d := range change.Documents {
		body, err := json.Marshal(d.Document)
		if err != nil {
			return fmt.Errorf("encode document %s: %w", d.Document.ID, err)
		}
		m.documents = append(m.documents, documentMould{id: cast(d.Document.ID), sha256: cast(d.Document.SHA256), body: cast(string(body))})
	}
	for _, c := range change.Comments {
		m.comments = append(m.comments, commentMould{id: cast(c.ID), by: cast(c.By), text: c.Text, at: c.At})
	}
	for _, h := range change.Holds {
		m.hold(h, change.At)
	}
	return nil
}

func (m *proposalMould) hold(write store.HoldWrite, at time.Time) {
	scope := m.castAt(write.Scope, at)
	i := 0
	for i < len(m.scopes) && !same(m.scopes[i].scope, scope) {
		i++
	}
	if i == len(m.scopes) {
		m.scopes = append(m.scopes, scopeMould{scope: scope, labels: map[string]bool{}})
	}
	m.scopes[i].writes++
	if write.Release {
		delete(m.scopes[i].labels, write.Label)
	} else {
		m.scopes[i].labels[write.Label] = true
	}
}

func same(a, b mould) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func (m *proposalMould) castTasks(sample Sample, now map[string]*workflow.Task, order []string) error {
	inserted := map[string]store.TaskWrite{}
	for _, change := range sample {
		for _, write := range change.Tasks {
			if write.Do == store.Insert {
				inserted[write.Task.ID] = write
			}
		}
	}
	for _, id := range order {
		made, err := row.OfTask(inserted[id].Task)
		if err != nil {
			return err
		}
		body := made.Body
		task := *now[id]
		if made, err = row.OfTask(task); err != nil {
			return err
		}
		m.tasks = append(m.tasks, taskMould{
			row: made, id: m.castAt(id, task.OpenedAt), who: m.castAt(task.Assignee, task.OpenedAt), body: m.castAt(body, task.OpenedAt),
		})
		if task.State == "open" {
			m.open = true
			if !task.Overdue && task.DueOn != "" && (m.due == "" || task.DueOn < m.due) {
				m.due = task.DueOn
			}
		}
	}
	return nil
}
