package published

import (
	"encoding/json"
	"fmt"
	"time"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Act is the public part of one act of a case.
type Act struct {
	ID         string // of the public event
	Pos        int64  // gapless position among all public events
	At         time.Time
	CaseID     string
	Form       string
	Number     string
	Title      string
	Partner    workflow.Partner
	Track      string
	Transition string
	Event      string
	Name       workflow.Text // what happened, in words
	Stage      string        // where the case stood then
	State      string
	OccurredOn calendar.Date // empty: not known to the day
	Inputs     map[string]json.RawMessage
	Legacy     bool // entered from before the program

	// Of an act of a case, OccurredOn and Inputs are as later acts correct them.
	Recorded    Recorded
	Corrections []Correction // oldest first
}

// data is how a public event tells it.
type data struct {
	ProposalID string                     `json:"proposal_id"`
	Form       string                     `json:"form"`
	Number     string                     `json:"number"`
	Title      string                     `json:"title"`
	Partner    workflow.Partner           `json:"partner"`
	Track      string                     `json:"track"`
	Transition string                     `json:"transition"`
	Event      string                     `json:"event"`
	EventTitle workflow.Text              `json:"event_title"`
	Stage      string                     `json:"stage"`
	State      string                     `json:"state"`
	OccurredOn calendar.Date              `json:"occurred_on"`
	Inputs     map[string]json.RawMessage `json:"inputs"`
	Legacy     bool                       `json:"legacy"`
}

// Read reads the public part of a journal entry that has one.
func Read(record store.Record) (Act, error) {
	if record.Public == nil {
		return Act{}, fmt.Errorf("read public event of entry %s: it has none", record.ID)
	}
	var event struct {
		Data data `json:"data"`
	}
	if err := json.Unmarshal(record.Public.Text, &event); err != nil {
		return Act{}, fmt.Errorf("read public event %s: %w", record.Public.ID, err)
	}
	told := event.Data
	return Act{
		ID: record.Public.ID, Pos: record.PublicPos, At: record.At, CaseID: told.ProposalID, Form: told.Form, Number: told.Number, Title: told.Title,
		Partner: told.Partner, Track: told.Track, Transition: told.Transition, Event: told.Event, Name: told.EventTitle, Stage: told.Stage,
		State: told.State, OccurredOn: told.OccurredOn, Inputs: told.Inputs, Legacy: told.Legacy,
	}, nil
}

// Text gives an input that is a text or a number; empty where the act has none of that name.
func (a Act) Text(name string) string {
	raw, ok := a.Inputs[name]
	if !ok {
		return ""
	}
	var text string
	if err := json.Unmarshal(raw, &text); err == nil {
		return text
	}
	var number json.Number
	if err := json.Unmarshal(raw, &number); err == nil {
		return number.String()
	}
	return ""
}

// Int gives an input that is a number, and whether there is one.
func (a Act) Int(name string) (int, bool) {
	var number int
	raw, ok := a.Inputs[name]
	return number, ok && json.Unmarshal(raw, &number) == nil
}

// Dates gives an input that is an object of texts, such as the known dates of an imported entry.
func (a Act) Dates(name string) map[string]string {
	var dates map[string]string
	if err := json.Unmarshal(a.Inputs[name], &dates); err != nil {
		return nil
	}
	return dates
}
