package engine

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"strings"
	"time"

	"hejnal/events"
	"hejnal/store"
	"hejnal/workflow"
)

// Types and schemas of the events, by kind of journal entry.
const (
	typePrefix   = "pl.krakow.cooperation."
	schemaPrefix = "urn:hejnal:schema:"
)

// publicData is what anybody may know of a transition.
type publicData struct {
	ProposalID string           `json:"proposal_id"`
	Form       string           `json:"form"`
	Number     string           `json:"number"`
	Title      string           `json:"title"`
	Party      workflow.Partner `json:"partner"`
	Track      string           `json:"track"`
	Transition string           `json:"transition"`
	Event      string           `json:"event"`
	EventTitle workflow.Text    `json:"event_title"`
	Stage      string           `json:"stage"`
	State      string           `json:"state"`
	OccurredOn string           `json:"occurred_on,omitempty"`
	RecordedAt time.Time        `json:"recorded_at"`
	Inputs     map[string]any   `json:"inputs"`
	Legacy     bool             `json:"legacy,omitempty"`
}

// transitionEntry writes the journal entry of a change's act.
func (e *Engine) transitionEntry(change *workflow.Change, trace string) (store.Entry, error) {
	act, p := &change.Act, &change.After
	subject, err := e.opts.Subjects.Transition(p.Form, act.Event, p.ID)
	if err != nil {
		return store.Entry{}, err
	}
	hider := hider{random: e.opts.Random}
	data := transitionData{
		act: act, proposal: p,
		comment: hider.text("/comment", act.Comment), justification: hider.text("/justification", act.Justification),
		inputs: hider.inputs(act.Inputs, change.Personal),
	}
	if hider.err != nil {
		return store.Entry{}, fmt.Errorf("draw salt: %w", hider.err)
	}
	text, err := e.text(act.ID, "transition", p.ID, act.RecordedAt, trace, data)
	if err != nil {
		return store.Entry{}, err
	}
	entry := store.Entry{
		ID: act.ID, Kind: "transition", ProposalID: p.ID, Seq: act.Seq, Subject: subject, Text: text, Personal: hider.hidden,
	}
	if change.Public != nil {
		entry.Public, err = e.publicEntry(change)
	}
	return entry, err
}

func (e *Engine) publicEntry(change *workflow.Change) (*store.PublicEntry, error) {
	act, p := change.Act, change.After
	subject, err := e.opts.Subjects.Public(p.Form, act.Event, p.ID)
	if err != nil {
		return nil, err
	}
	id := e.opts.NewID()
	text, err := e.text(id, string(events.KindPublic), p.ID, act.RecordedAt, "", publicData{
		ProposalID: p.ID, Form: p.Form, Number: p.Number, Title: p.Title, Party: p.Partner, Track: act.Track, Transition: act.Transition,
		Event: act.Event, EventTitle: act.EventTitle, Stage: p.Stage, State: p.State, OccurredOn: string(act.OccurredOn), RecordedAt: act.RecordedAt,
		Inputs: change.Public.Inputs, Legacy: act.Legacy || p.Legacy,
	})
	if err != nil {
		return nil, err
	}
	return &store.PublicEntry{ID: id, Subject: subject, Text: text}, nil
}

// text writes the stored text of an event about a subject.
func (e *Engine) text(id, kind, subject string, at time.Time, trace string, data any) ([]byte, error) {
	text, err := events.Envelope{
		ID: id, Source: e.opts.Source, Type: typePrefix + kind + ".v1", Subject: subject, Time: at,
		DataSchema: schemaPrefix + kind + ":1", TraceParent: trace, Data: data,
	}.Stored()
	if err != nil {
		return nil, fmt.Errorf("write %s event: %w", kind, err)
	}
	return text, nil
}

// hider puts salted hashes in the place of personal values and keeps the values beside.
type hider struct {
	random io.Reader
	hidden []store.Personal
	err    error
}

func (h *hider) text(pointer, value string) string {
	if value == "" {
		return ""
	}
	raw, err := json.Marshal(value)
	if err != nil {
		h.err = err
		return ""
	}
	return h.hide(pointer, raw)
}

func (h *hider) hide(pointer string, value []byte) string {
	salt := make([]byte, 16)
	if _, err := io.ReadFull(h.random, salt); err != nil {
		h.err = err
		return ""
	}
	h.hidden = append(h.hidden, store.Personal{Pointer: pointer, Value: value, Salt: salt})
	return events.Hash(salt, value)
}

func (h *hider) inputs(inputs map[string]json.RawMessage, personal []string) map[string]json.RawMessage {
	if len(personal) == 0 {
		return inputs
	}
	shown := maps.Clone(inputs)
	for _, name := range personal {
		hash, err := json.Marshal(h.hide("/inputs/"+escape(name), inputs[name]))
		if err != nil {
			h.err = err
		}
		shown[name] = hash
	}
	return shown
}

func escape(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}
