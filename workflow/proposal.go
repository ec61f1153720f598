package workflow

import (
	"time"

	"hejnal/workflow/calendar"
)

// Route is the name of the main strand of a case; the other strands are the tracks of its definition.
const Route = "route"

// Proposal is one case: its data, where it stands, and what rules need to know of its past. It is a value; Decide
// answers a new one and leaves the old one as it was.
type Proposal struct {
	ID             string                   `json:"id"`     // UUIDv7
	Number         string                   `json:"number"` // as people quote it
	Serial         int                      `json:"serial"` // running number in its year
	Form           string                   `json:"form"`
	Definition     Ref                      `json:"definition"`
	Title          string                   `json:"title"`
	Description    string                   `json:"description,omitempty"`
	Partner        Partner                  `json:"partner"` // as it was when the case began or was last amended
	Fields         []string                 `json:"fields,omitempty"`
	Tools          []string                 `json:"tools,omitempty"`
	Readings       int                      `json:"readings"` // 1 or 2
	ReadingsReason string                   `json:"readings_reason,omitempty"`
	Stage          string                   `json:"stage"`
	State          string                   `json:"state"`
	Tracks         map[string]string        `json:"tracks,omitempty"` // track → state
	Round          int                      `json:"round"`            // 1 from the beginning
	Version        int64                    `json:"version"`
	Seq            int64                    `json:"seq"` // of the last act
	Legacy         bool                     `json:"legacy,omitempty"`
	CreatedAt      time.Time                `json:"created_at"`
	UpdatedAt      time.Time                `json:"updated_at"`
	LastAct        string                   `json:"last_act"`         // id of the last act
	Since          map[string]calendar.Date `json:"since,omitempty"`  // strand → date of the act that led to its present state
	Record         map[string]any           `json:"record,omitempty"` // variables that transitions set
	LastOn         map[string]calendar.Date `json:"last_on,omitempty"`
	LastBy         map[string][]string      `json:"last_by,omitempty"` // transition → users of its last act (actor, and whom they stood for)
	Documents      []Document               `json:"documents,omitempty"`
	Tasks          []Task                   `json:"tasks,omitempty"` // open ones
	Deadlines      []Deadline               `json:"deadlines,omitempty"`
	Holds          []Hold                   `json:"holds,omitempty"`
	Links          []Link                   `json:"links,omitempty"`
	Register       Register                 `json:"register,omitzero"`
}

// Ref names the definition a case keeps: its version and the SHA-256 of its canonical form, in hex.
type Ref struct {
	Version int    `json:"version"`
	Digest  string `json:"digest"`
}

// Partner is a city, region or organisation abroad.
type Partner struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	NativeName string `json:"native_name,omitempty"`
	Country    string `json:"country"` // ISO 3166-1 alpha-2
	Kind       string `json:"kind"`    // city, region, organisation
	Wikidata   string `json:"wikidata,omitempty"`
	Continent  string `json:"continent"` // the City's own field, prefilled from the country
}

// Document is one attached text: what it is, and the SHA-256 of its bytes. A newer document of a kind stands beside the
// older ones and counts before them.
type Document struct {
	ID         string    `json:"id"`
	Kind       string    `json:"kind"`
	Title      string    `json:"title"`
	Language   string    `json:"language,omitempty"` // ISO 639-1
	Date       string    `json:"date,omitempty"`     // YYYY-MM-DD
	FileName   string    `json:"file_name"`
	MediaType  string    `json:"media_type"`
	Size       int64     `json:"size"` // bytes
	SHA256     string    `json:"sha256"`
	Version    int       `json:"version"`                // 1, 2 … within kind
	By         string    `json:"by"`                     // user
	OnBehalfOf string    `json:"on_behalf_of,omitempty"` // for whom that user stood in
	Roles      []Role    `json:"roles"`                  // roles of that user when attaching
	AttachedAt time.Time `json:"attached_at"`
	NamesCity  string    `json:"names_city,omitempty"` // yes, no, unknown: whether the text shows the City's party name
	Used       bool      `json:"used,omitempty"`       // an act was decided on it
}

// Task asks a role for one of several transitions.
type Task struct {
	ID         string        `json:"id"`
	Rule       string        `json:"rule"` // id of the task in the definition
	ProposalID string        `json:"proposal_id"`
	Form       string        `json:"form"`
	Title      Text          `json:"title"`
	Role       Role          `json:"role"`
	AsksFor    []string      `json:"asks_for"`
	State      string        `json:"state"` // open, completed
	Outcome    string        `json:"outcome,omitempty"`
	Assignee   string        `json:"assignee"`
	OpenedAt   time.Time     `json:"opened_at"`
	ClosedAt   time.Time     `json:"closed_at,omitzero"`
	DueOn      calendar.Date `json:"due_on"`
	Overdue    bool          `json:"overdue,omitempty"` // the passing of DueOn was journalled
}

// Deadline is a clock of a case; its states are those named in deadline.go.
type Deadline struct {
	Clock    string        `json:"clock"`
	Title    Text          `json:"title"`
	StartsOn calendar.Date `json:"starts_on"`
	DueOn    calendar.Date `json:"due_on"`
	State    string        `json:"state"`
	Window   bool          `json:"window,omitempty"` // somebody else's time, for which nobody of the City is late
}

// Hold is a label that a case holds in a scope, for the facts of other cases.
type Hold struct {
	Scope string `json:"scope"`
	Label string `json:"label"`
}

// Link is a relation to another case.
type Link struct {
	Rel        string `json:"rel"`
	ProposalID string `json:"proposal_id"`
}

// StateOf returns the state of a strand: of the route, or of a track ("" when the form has no such track).
func (p *Proposal) StateOf(strand string) string {
	if strand == Route {
		return p.State
	}
	return p.Tracks[strand]
}
