package workflow

import (
	"encoding/json"
	"time"

	"hejnal/workflow/calendar"
	"hejnal/workflow/jsonwrite"
)

// Act is one transition as it happened: an entry of a case's history, never changed afterwards.
type Act struct {
	ID            string                     `json:"id"` // UUIDv7, also the event's id
	ProposalID    string                     `json:"proposal_id"`
	Seq           int64                      `json:"seq"` // 1, 2, 3 … within the case, over all strands
	Pos           int64                      `json:"pos"` // position in the journal; 0 until committed
	PublicID      string                     `json:"-"`   // id of the event by which anybody may know of it; empty: none is committed
	Track         string                     `json:"track"`
	Transition    string                     `json:"transition"`
	Event         string                     `json:"event"`
	EventTitle    Text                       `json:"event_title"`
	From          string                     `json:"from"`
	To            string                     `json:"to"`
	Actor         Actor                      `json:"actor"`
	OccurredOn    calendar.Date              `json:"occurred_on"`
	RecordedAt    time.Time                  `json:"recorded_at"`
	Inputs        map[string]json.RawMessage `json:"inputs"`
	Comment       string                     `json:"comment"`
	Justification string                     `json:"justification"`
	Warnings      []Blocker                  `json:"warnings,omitempty"` // passed with the justification
	Documents     []DocumentRef              `json:"documents"`
	Definition    Ref                        `json:"definition"`
	Legacy        bool                       `json:"legacy,omitempty"`
}

// Actor is who made an act: an opaque user id, the role acted in, and for whom.
type Actor struct {
	User       string `json:"user"`
	Role       Role   `json:"role"`
	OnBehalfOf string `json:"on_behalf_of"`
}

// DocumentRef is exactly what an act was decided on.
type DocumentRef struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	SHA256 string `json:"sha256"`
}

// MarshalJSON writes null for nobody in OnBehalfOf.
func (a Actor) MarshalJSON() ([]byte, error) {
	written := struct {
		User       string  `json:"user"`
		Role       Role    `json:"role"`
		OnBehalfOf *string `json:"on_behalf_of"`
	}{User: a.User, Role: a.Role}
	if a.OnBehalfOf != "" {
		written.OnBehalfOf = &a.OnBehalfOf
	}
	return json.Marshal(written)
}

// Write adds the act to an object, as an event tells it: without its position, and without what may be personal, which are
// its comment, its justification and its inputs.
func (a *Act) Write(o *jsonwrite.Object) {
	o.Text("id", a.ID)
	o.Text("proposal_id", a.ProposalID)
	o.Number("seq", a.Seq)
	o.Text("track", a.Track)
	o.Text("transition", a.Transition)
	o.Text("event", a.Event)
	o.Open("event_title")
	o.Text("pl", a.EventTitle.PL)
	o.Text("en", a.EventTitle.EN)
	o.Close()
	o.Text("from", a.From)
	o.Text("to", a.To)
	o.Open("actor")
	o.Text("user", a.Actor.User)
	o.Text("role", string(a.Actor.Role))
	o.TextOr("on_behalf_of", a.Actor.OnBehalfOf, "null")
	o.Close()
	o.TextOr("occurred_on", string(a.OccurredOn), "null")
	o.Moment("recorded_at", a.RecordedAt)
	optional(o, "warnings", a.Warnings)
	if len(a.Documents) == 0 && a.Documents != nil {
		o.Texts("documents", []string{})
	} else {
		o.Value("documents", a.Documents)
	}
	a.Definition.write(o, "definition")
	o.Flag("legacy", a.Legacy)
}

// write adds the definition that a case or an act goes by.
func (r Ref) write(o *jsonwrite.Object, name string) {
	o.Open(name)
	o.Number("version", int64(r.Version))
	o.Text("digest", r.Digest)
	o.Close()
}
