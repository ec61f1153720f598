package notice

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"hejnal/store"
	"hejnal/workflow"
)

// Event is what a journal entry tells, as far as it matters for whom to tell.
type Event struct {
	Kind     string // of notice; empty: nobody is told
	Assignee string // of the task that it is about
	Actors   []string
	At       time.Time
}

// Read reads an entry. Of tasks those that are assigned and those that are overdue matter, of the rest only transitions.
func Read(record store.Record) (Event, error) {
	var envelope struct {
		Data struct {
			Actor    workflow.Actor `json:"actor"`
			Assignee string         `json:"assignee"` // null stays empty
			By       string         `json:"by"`
		} `json:"data"`
	}
	event := Event{At: record.At}
	switch {
	case record.Kind == "transition":
		event.Kind = store.NoticeTransition
	case record.Kind == "task" && strings.Contains(record.Subject, "."+workflow.TaskAssigned+"."):
		event.Kind = store.NoticeAssigned
	case record.Kind == "task" && strings.Contains(record.Subject, "."+workflow.TaskOverdue+"."):
		event.Kind = store.NoticeOverdue
	default:
		return event, nil
	}
	if err := json.Unmarshal(record.Text, &envelope); err != nil {
		return event, fmt.Errorf("read event %s: %w", record.ID, err)
	}
	data := envelope.Data
	event.Assignee = data.Assignee
	for _, actor := range []string{data.Actor.User, data.Actor.OnBehalfOf, data.By} {
		if actor != "" {
			event.Actors = append(event.Actors, actor)
		}
	}
	return event, nil
}

// Told says who is told of an event: of a transition everybody who acted in the case before or has an open task of it from before, of a
// task its assignee. Nobody is told of what they did themselves, or what was done on their behalf. Whoever stands in for
// somebody who is told is told too; substitutes gives them. People come once, in order of their ids.
func Told(event Event, of workflow.Proposal, substitutes func(person string) []string) []string {
	var concerned []string
	switch event.Kind {
	case store.NoticeTransition:
		for _, actors := range of.LastBy {
			concerned = append(concerned, actors...)
		}
		for _, task := range of.Tasks {
			if task.OpenedAt.Before(event.At) { // one that the event opened was given to somebody afterwards
				concerned = append(concerned, task.Assignee)
			}
		}
	case store.NoticeAssigned, store.NoticeOverdue:
		concerned = append(concerned, event.Assignee)
	}
	done := func(person string) bool { return person == "" || slices.Contains(event.Actors, person) }
	concerned = slices.DeleteFunc(concerned, done)
	slices.Sort(concerned)
	concerned = slices.Compact(concerned)
	told := slices.Clone(concerned)
	for _, person := range concerned {
		told = append(told, slices.DeleteFunc(substitutes(person), done)...)
	}
	slices.Sort(told)
	return slices.Compact(told)
}
