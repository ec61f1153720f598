package engine

import (
	"context"
	"time"

	"hejnal/store"
	"hejnal/workflow"
)

// written turns a change of a case, and of the cases that it opens, into what the store commits: the transition first,
// then what it brought about.
func (e *Engine) written(change *workflow.Change, facts workflow.Facts, trace string) (store.Change, error) {
	out := store.Change{At: change.Act.RecordedAt}
	for _, scope := range change.Read {
		out.Scopes = append(out.Scopes, store.ScopeRead{Scope: scope, Version: facts[scope].Version})
	}
	err := e.write(&out, change, trace)
	return out, err
}

func (e *Engine) write(out *store.Change, change *workflow.Change, trace string) error {
	entry, err := e.transitionEntry(change, trace)
	if err != nil {
		return err
	}
	out.Entries = append(out.Entries, entry)
	out.Cases = append(out.Cases, store.CaseWrite{Expect: change.Before.Version, Proposal: change.After, Before: &change.Before})
	for _, h := range change.Hold {
		out.Holds = append(out.Holds, store.HoldWrite{Scope: h.Scope, Label: h.Label, ProposalID: change.After.ID})
	}
	for _, h := range change.Release {
		out.Holds = append(out.Holds, store.HoldWrite{Scope: h.Scope, Label: h.Label, ProposalID: change.After.ID, Release: true})
	}
	if change.Before.Version == 0 {
		for _, document := range change.After.Documents {
			out.Documents = append(out.Documents, store.DocumentWrite{ProposalID: change.After.ID, Document: document})
		}
	}
	if err := e.writeTasks(out, change, trace); err != nil {
		return err
	}
	for _, opened := range change.Opened {
		if err := e.write(out, opened, trace); err != nil {
			return err
		}
	}
	return nil
}

func (e *Engine) writeTasks(out *store.Change, change *workflow.Change, trace string) error {
	for _, task := range change.Tasks {
		do := store.Insert
		if task.What == workflow.TaskCompleted {
			do = store.Close
		}
		out.Tasks = append(out.Tasks, store.TaskWrite{Do: do, Task: task.Task})
		entry, err := e.taskEntry(task, change.Act.ID, "", change.Act.RecordedAt, trace)
		if err != nil {
			return err
		}
		out.Entries = append(out.Entries, entry)
	}
	return nil
}

// taskData is what a task event tells.
type taskData struct {
	workflow.Task
	Assignee *string `json:"assignee"`        // null for nobody
	Cause    string  `json:"cause,omitempty"` // id of the transition that brought it about
	By       string  `json:"by,omitempty"`    // who claimed, released or assigned it
}

func (e *Engine) taskEntry(change workflow.TaskChange, cause, by string, at time.Time, trace string) (store.Entry, error) {
	task := change.Task
	subject, err := e.opts.Subjects.Task(string(task.Role), change.What, task.Form, task.ProposalID)
	if err != nil {
		return store.Entry{}, err
	}
	id := e.opts.NewID()
	data := taskData{Task: task, Cause: cause, By: by}
	if task.Assignee != "" {
		data.Assignee = &task.Assignee
	}
	text, err := e.text(id, "task", task.ProposalID, at, trace, data)
	if err != nil {
		return store.Entry{}, err
	}
	return store.Entry{ID: id, Kind: "task", ProposalID: task.ProposalID, Cause: cause, Subject: subject, Text: text}, nil
}

// numbered draws the running numbers of the cases that a change opens, before they are committed.
func (e *Engine) numbered(ctx context.Context, change *workflow.Change) error {
	for _, opened := range change.Opened {
		serial, number, err := e.draw(ctx, change.Act.RecordedAt)
		if err != nil {
			return err
		}
		opened.After.Serial, opened.After.Number = serial, number
	}
	return nil
}
