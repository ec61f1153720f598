package web

import (
	"context"
	"slices"
	"time"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// proposalItem is a proposal as it stands in a list.
type proposalItem struct {
	ID             string            `json:"id" format:"uuid"`
	Number         string            `json:"number"`
	Form           string            `json:"form"`
	Definition     workflow.Ref      `json:"definition"`
	Title          string            `json:"title"`
	Description    string            `json:"description"`
	Partner        workflow.Partner  `json:"partner"`
	Fields         []string          `json:"fields"`
	Tools          []string          `json:"tools"`
	Readings       int               `json:"readings"`
	ReadingsReason string            `json:"readings_reason"`
	Stage          string            `json:"stage"`
	State          string            `json:"state"`
	StateTitle     workflow.Text     `json:"state_title"`
	StateKind      string            `json:"state_kind" enum:"open,goal,end"`
	Tracks         map[string]string `json:"tracks" doc:"track and its state"`
	Round          int               `json:"round"`
	Version        int64             `json:"version" doc:"also the ETag"`
	Seq            int64             `json:"seq" doc:"of the last transition"`
	CreatedAt      time.Time         `json:"created_at"`
	UpdatedAt      time.Time         `json:"updated_at"`
	Deadlines      []deadline        `json:"deadlines"`
	Links          []workflow.Link   `json:"links"`
	Legacy         bool              `json:"legacy"`
}

// proposal is a proposal with everything that its state offers to the one who asks.
type proposal struct {
	proposalItem
	Tasks   []task            `json:"tasks" doc:"open tasks"`
	Actions []workflow.Action `json:"actions" doc:"every transition that the present state of the route or of a track offers"`
}

// deadline is a clock of a case.
type deadline struct {
	Clock    string        `json:"clock"`
	Title    workflow.Text `json:"title"`
	StartsOn calendar.Date `json:"starts_on" format:"date"`
	DueOn    calendar.Date `json:"due_on" format:"date"`
	State    string        `json:"state" enum:"running,met,missed,stopped,over" doc:"over: time of others, or the day of an end, that has passed"`
	Overdue  bool          `json:"overdue"`
}

func (s *server) item(ctx context.Context, p workflow.Proposal) (proposalItem, error) {
	definition, err := s.Engine.DefinitionOf(ctx, p)
	if err != nil {
		return proposalItem{}, err
	}
	state, _ := definition.State(workflow.Route, p.State)
	item := proposalItem{
		ID: p.ID, Number: p.Number, Form: p.Form, Definition: p.Definition, Title: p.Title, Description: p.Description, Partner: p.Partner,
		Fields: given(p.Fields), Tools: given(p.Tools), Readings: p.Readings, ReadingsReason: p.ReadingsReason, Stage: p.Stage, State: p.State,
		StateTitle: state.Title, StateKind: state.Kind, Tracks: map[string]string{}, Round: p.Round, Version: p.Version, Seq: p.Seq,
		CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt, Deadlines: []deadline{}, Links: given(p.Links), Legacy: p.Legacy,
	}
	for _, track := range definition.Tracks {
		item.Tracks[track.ID] = p.Tracks[track.ID]
	}
	today := s.Engine.Today()
	for _, d := range p.Deadlines {
		shown := deadline{Clock: d.Clock, Title: d.Title, StartsOn: d.StartsOn, DueOn: d.DueOn, State: d.State, Overdue: d.Overdue(today)}
		item.Deadlines = append(item.Deadlines, shown)
	}
	return item, nil
}

func (s *server) proposal(ctx context.Context, p workflow.Proposal, reader workflow.Person) (proposal, error) {
	item, err := s.item(ctx, p)
	if err != nil {
		return proposal{}, err
	}
	actions, err := s.Engine.Explain(ctx, p, reader)
	shown := proposal{proposalItem: item, Tasks: []task{}, Actions: actions}
	for _, open := range p.Tasks {
		shown.Tasks = append(shown.Tasks, s.task(open))
	}
	return shown, err
}

// given is the list itself, or an empty one, so that JSON never says null.
func given[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return slices.Clone(items)
}
