package workflow

// Source is one form of cooperation as it is written, composed from its phases and tracks into one self-contained whole.
// Its canonical JSON is what a definition's digest is taken over, and what a case that began under it is decided by.
type Source struct {
	Form         string            `json:"form"`
	Version      int               `json:"version"`
	Order        int               `json:"order"`
	Title        Text              `json:"title"`
	Summary      Text              `json:"summary"`
	Result       Text              `json:"result"`
	Basis        string            `json:"basis"` // legal basis of the form, where a rule or transition names none of its own
	Start        string            `json:"start"`
	Parties      *Parties          `json:"parties,omitempty"`       // nil: what is agreed has none
	OnlyImported bool              `json:"only_imported,omitempty"` // register entries of this form are imported; no case is opened under it
	City         City              `json:"city"`
	Constants    map[string]string `json:"constants,omitempty"`
	Tracks       []TrackSource     `json:"tracks,omitempty"`
	Invariants   []Invariant       `json:"invariants,omitempty"`
	Part
}

// Part is what a phase, a track and a form are all written in. Every list keeps the order in which it is written.
type Part struct {
	Record      []Variable         `json:"record,omitempty" yaml:"record"`
	Facts       []FactSource       `json:"facts,omitempty" yaml:"facts"`
	States      []StateSource      `json:"states,omitempty" yaml:"states"`
	Rules       []RuleSource       `json:"rules,omitempty" yaml:"rules"` // shared rules, named by `use`
	Transitions []TransitionSource `json:"transitions,omitempty" yaml:"transitions"`
	Tasks       []TaskSource       `json:"tasks,omitempty" yaml:"tasks"`
	Clocks      []ClockSource      `json:"clocks,omitempty" yaml:"clocks"`
}

// Parties say between whom something is agreed: the City, by one of its names, and the partner.
type Parties struct {
	Title Text   `json:"title" yaml:"title"` // what the two are called
	City  string `json:"city" yaml:"city"`   // name or legal_person of the City
}

// City is what belongs to the installation and not to a form: names, sizes, code lists.
type City struct {
	Name        string            `json:"name" yaml:"name"`                           // party name in agreements
	LegalPerson string            `json:"legal_person,omitempty" yaml:"legal_person"` // name where no agreement with a partner is made
	Composition int               `json:"composition" yaml:"composition"`             // statutory number of councillors
	Stages      []Code            `json:"stages" yaml:"stages"`
	Documents   []Code            `json:"documents" yaml:"documents"` // document kinds
	Fields      []Code            `json:"fields" yaml:"fields"`
	Tools       []Code            `json:"tools" yaml:"tools"`
	Lists       map[string][]Code `json:"lists,omitempty" yaml:"lists"` // further code lists that inputs may name
}

// Code is one entry of a code list.
type Code struct {
	ID     string `json:"id" yaml:"id"`
	Title  Text   `json:"title" yaml:"title"`
	Public bool   `json:"public,omitempty" yaml:"public"` // of a document kind: anybody may read such a document of a public case
	// About, of a document kind, are the kinds that such a document judges: it is of older texts once one of them is newer.
	About []string `json:"about,omitempty" yaml:"about"`
}

// TrackSource is a strand that runs beside the route, with states and transitions of its own.
type TrackSource struct {
	ID    string `json:"id"`
	Title Text   `json:"title"`
	Start string `json:"start"`
	Part
}

// Variable is a value that transitions keep on the proposal and rules read as `record.<name>`. Its zero value ("", 0,
// false, empty list) holds until a transition sets it. Bool variables are followed exactly by Verify.
type Variable struct {
	Name   string `json:"name" yaml:"name"`
	Type   string `json:"type" yaml:"type"` // text, int, bool, date, texts
	Origin Origin `json:"-" yaml:"-"`
}

// FactSource is a number that rules read as `facts.<name>`: how many other cases and register entries hold Label in the
// scope that the CEL expression Scope gives (an empty scope gives 0).
type FactSource struct {
	Name   string `json:"name" yaml:"name"`
	Scope  string `json:"scope" yaml:"scope"`
	Label  string `json:"label" yaml:"label"`
	Origin Origin `json:"-" yaml:"-"`
}

// StateSource is a state of the route or of a track.
type StateSource struct {
	ID    string `json:"id" yaml:"id"`
	Stage string `json:"stage,omitempty" yaml:"stage"` // route only; an end has stage `ended`
	Kind  string `json:"kind" yaml:"kind"`             // open, goal, end
	Title Text   `json:"title" yaml:"title"`
	// Register marks what a case that comes here is in the register: current or past; empty leaves it as it was. Route only.
	Register string `json:"register,omitempty" yaml:"register"`
	// Outside names who the case waits for outside the City, of the city's list `outside`. Route only.
	Outside string `json:"outside,omitempty" yaml:"outside"`
	Origin  Origin `json:"-" yaml:"-"`
}

// TransitionSource is one way from a state to the next. One id may be written several times for different from-states.
type TransitionSource struct {
	ID         string           `json:"id" yaml:"id"`
	Title      Text             `json:"title" yaml:"title"`
	Help       Text             `json:"help,omitzero" yaml:"help"`
	From       []string         `json:"from" yaml:"from"`
	FromAny    bool             `json:"from_any,omitempty" yaml:"from_any"`   // from every state of the component, ends too
	FromOpen   bool             `json:"from_open,omitempty" yaml:"from_open"` // from every state that is no end
	FromIfAny  []string         `json:"from_if_any,omitempty" yaml:"from_if_any"`
	To         string           `json:"to,omitempty" yaml:"to"` // "=" stays; empty when outcomes decide
	Roles      []Role           `json:"roles" yaml:"roles"`
	Event      string           `json:"event,omitempty" yaml:"event"`
	EventTitle Text             `json:"event_title,omitzero" yaml:"event_title"` // what the history says; empty: Title
	Public     bool             `json:"public,omitempty" yaml:"public"`
	Resolution string           `json:"resolution,omitempty" yaml:"resolution"` // what it does to the Council's resolution; of a transition with outcomes they say it
	Call       string           `json:"call,omitempty" yaml:"call"`             // open, amend, import: made by a call of its own, not offered
	Basis      string           `json:"basis,omitempty" yaml:"basis"`
	Documents  []DocumentSource `json:"documents,omitempty" yaml:"documents"`
	Inputs     []InputSource    `json:"inputs,omitempty" yaml:"inputs"`
	NotBy      []string         `json:"not_by,omitempty" yaml:"not_by"` // four eyes: transitions whose last actor may not make this one
	AnyDate    bool             `json:"any_date,omitempty" yaml:"any_date"`
	After      []string         `json:"after,omitempty" yaml:"after"`           // not dated before the last of these transitions
	NotBefore  string           `json:"not_before,omitempty" yaml:"not_before"` // CEL date: the first day on which it may happen
	Checks     []CheckSource    `json:"checks,omitempty" yaml:"checks"`
	Rules      []RuleSource     `json:"rules,omitempty" yaml:"rules"`
	Outcomes   []OutcomeSource  `json:"outcomes,omitempty" yaml:"outcomes"`
	Then       EffectSource     `json:"then,omitzero" yaml:"then"`
	Origin     Origin           `json:"-" yaml:"-"`
}

// OutcomeSource is one of several results of a transition; the first whose When holds is taken, an empty When always holds.
type OutcomeSource struct {
	When       string       `json:"when,omitempty" yaml:"when"`
	Event      string       `json:"event" yaml:"event"`
	EventTitle Text         `json:"event_title" yaml:"event_title"`
	Resolution string       `json:"resolution,omitempty" yaml:"resolution"` // what it does to the Council's resolution
	To         string       `json:"to" yaml:"to"`                           // "=" stays
	Then       EffectSource `json:"then,omitzero" yaml:"then"`
}

// EffectSource is what an accepted transition changes besides the state. Expressions see the record as it was before.
type EffectSource struct {
	Record   map[string]string `json:"record,omitempty" yaml:"record"` // variable → CEL expression
	Tracks   map[string]string `json:"tracks,omitempty" yaml:"tracks"` // track → state that it is set to
	NewRound bool              `json:"new_round,omitempty" yaml:"new_round"`
	Start    []StartSource     `json:"start,omitempty" yaml:"start"`
	Stop     []string          `json:"stop,omitempty" yaml:"stop"` // clocks
	Hold     []HoldSource      `json:"hold,omitempty" yaml:"hold"`
	Release  []string          `json:"release,omitempty" yaml:"release"` // labels that the case no longer holds, in every scope
	Open     *OpenSource       `json:"open,omitempty" yaml:"open"`
	// EndsEntry is the last day of an entry of the register that the transition ends, a CEL date; empty: the day of the act.
	EndsEntry string `json:"ends_entry,omitempty" yaml:"ends_entry"`
	// Since when, and until when, an imported entry is in the register: CEL texts, each a date that may be incomplete (a
	// year alone) or empty. Only where the call is import.
	RegisterSince string `json:"register_since,omitempty" yaml:"register_since"`
	RegisterUntil string `json:"register_until,omitempty" yaml:"register_until"`
}

// StartSource starts a clock: On is a CEL date, day 0 of the limit. An empty date starts nothing and stops a running one.
type StartSource struct {
	Clock string `json:"clock" yaml:"clock"`
	On    string `json:"on" yaml:"on"`
}

// HoldSource makes the case hold Label in the scope that the CEL expression Scope gives.
type HoldSource struct {
	Scope string `json:"scope" yaml:"scope"`
	Label string `json:"label" yaml:"label"`
}

// OpenSource opens a linked proposal in the same commit; the partner goes along.
type OpenSource struct {
	Form      string `json:"form" yaml:"form"`   // CEL string
	Title     string `json:"title" yaml:"title"` // CEL string
	Rel       string `json:"rel" yaml:"rel"`     // what the new case is to this one
	Back      string `json:"back" yaml:"back"`   // what this case is to the new one
	Documents bool   `json:"documents,omitempty" yaml:"documents"`
}

// DocumentSource asks for a document of one of the kinds AnyOf among those attached to the case.
type DocumentSource struct {
	AnyOf    []string `json:"any_of" yaml:"any_of"`
	By       []Role   `json:"by,omitempty" yaml:"by"` // attached by somebody who has one of these roles
	Optional bool     `json:"optional,omitempty" yaml:"optional"`
	Fresh    bool     `json:"fresh,omitempty" yaml:"fresh"` // attached since a transition last used one of these kinds
	When     string   `json:"when,omitempty" yaml:"when"`   // CEL: asked for only where it holds
	Basis    string   `json:"basis,omitempty" yaml:"basis"`
}

// InputSource is one input of a transition; the inputs together become its JSON Schema.
type InputSource struct {
	Name     string        `json:"name" yaml:"name"`
	Type     string        `json:"type" yaml:"type"` // text, int, date, money, uri, code, choice, codes, object, records, resolution_number, transition, pointer, value
	Title    Text          `json:"title" yaml:"title"`
	Help     Text          `json:"help,omitzero" yaml:"help"`
	Optional bool          `json:"optional,omitempty" yaml:"optional"`
	Personal bool          `json:"personal,omitempty" yaml:"personal"` // a salted hash stands in the event
	Public   bool          `json:"public,omitempty" yaml:"public"`     // goes to the public event too
	Values   []Code        `json:"values,omitempty" yaml:"values"`     // choice, code, codes: the values allowed, the ordinary first
	List     string        `json:"list,omitempty" yaml:"list"`         // or the code list of the city that holds them
	Examples []any         `json:"examples,omitempty" yaml:"examples"` // a text that begins with "=" is a CEL expression
	Fields   []InputSource `json:"fields,omitempty" yaml:"fields"`     // object, records
}

// CheckSource is a condition that inputs must meet together; a failed one is an input error, not a refusal by rule.
type CheckSource struct {
	Holds   string `json:"holds" yaml:"holds"` // CEL bool
	Field   string `json:"field" yaml:"field"` // the input that the message stands beside
	Message Text   `json:"message" yaml:"message"`
}

// RuleSource is a condition of a transition, or by Use the name of a shared one.
type RuleSource struct {
	Use       string   `json:"use,omitempty" yaml:"use"`
	ID        string   `json:"id,omitempty" yaml:"id"`
	Holds     string   `json:"holds,omitempty" yaml:"holds"`       // CEL bool: true lets the transition pass
	Severity  string   `json:"severity,omitempty" yaml:"severity"` // block; warn: passes with a written justification
	Message   Text     `json:"message,omitzero" yaml:"message"`
	Basis     string   `json:"basis,omitempty" yaml:"basis"`
	Who       []Role   `json:"who,omitempty" yaml:"who"`               // who could unblock it
	ClearedBy []string `json:"cleared_by,omitempty" yaml:"cleared_by"` // transitions that could unblock it
}

// TaskSource is a task that is open while the case is in one of States and When holds.
type TaskSource struct {
	ID     string   `json:"id" yaml:"id"`
	States []string `json:"states" yaml:"states"`
	Role   Role     `json:"role" yaml:"role"`
	Asks   []string `json:"asks" yaml:"asks"` // transitions, any of which completes it
	When   string   `json:"when,omitempty" yaml:"when"`
	Due    string   `json:"due,omitempty" yaml:"due"` // CEL date
	Title  Text     `json:"title" yaml:"title"`
	Origin Origin   `json:"-" yaml:"-"`
}

// ClockSource is a limit in time. Exactly one of Days, Months and Until gives its length. MetBy tells whose duty it is to keep
// it; without MetBy, a Window is somebody else's time and Until the day of something that ends: neither can be missed.
type ClockSource struct {
	ID     string `json:"id" yaml:"id"`
	Title  Text   `json:"title" yaml:"title"`
	Days   int    `json:"days,omitempty" yaml:"days"`
	Months int    `json:"months,omitempty" yaml:"months"`
	Until  bool   `json:"until,omitempty" yaml:"until"` // the date that starts it is the limit itself
	Ends   bool   `json:"ends,omitempty" yaml:"ends"`   // what was agreed ends on its day
	Rolls  string `json:"rolls,omitempty" yaml:"rolls"` // next: to the next working day; before: to the one before; empty: a plain date
	// MetBy are the transitions that meet the clock, or miss it when they come too late; any other only stops it.
	MetBy  []string `json:"met_by,omitempty" yaml:"met_by"`
	Window bool     `json:"window,omitempty" yaml:"window"` // time in which somebody outside the City may act; it is over, never overdue
	Basis  string   `json:"basis,omitempty" yaml:"basis"`
	Origin Origin   `json:"-" yaml:"-"`
}

// Invariant is a property that Verify proves of a definition. Exactly one of Order, Bars, Only and Without is given.
type Invariant struct {
	ID      string       `json:"id" yaml:"id"`
	Title   Text         `json:"title" yaml:"title"`
	Basis   string       `json:"basis,omitempty" yaml:"basis"`
	Order   []string     `json:"order,omitempty" yaml:"order"` // events: the last never happens unless the others did, in this order
	Reset   []string     `json:"reset,omitempty" yaml:"reset"` // events after which Order begins anew
	Bars    *BarSource   `json:"bars,omitempty" yaml:"bars"`
	Only    *OnlySource  `json:"only,omitempty" yaml:"only"`
	Without *AvoidSource `json:"without,omitempty" yaml:"without"`
	Origin  Origin       `json:"-" yaml:"-"`
}

// BarSource says that Events never happen while Track is in one of States.
type BarSource struct {
	Events []string `json:"events" yaml:"events"`
	Track  string   `json:"track" yaml:"track"`
	States []string `json:"states" yaml:"states"`
	From   []string `json:"from,omitempty" yaml:"from"` // only from these states of the route; empty: from all
}

// OnlySource says that Events are made by Role alone.
type OnlySource struct {
	Events []string `json:"events" yaml:"events"`
	Role   Role     `json:"role" yaml:"role"`
}

// AvoidSource says that no transition of Role lies on a way to Event.
type AvoidSource struct {
	Event string `json:"event" yaml:"event"`
	Role  Role   `json:"role" yaml:"role"`
}

// Origin is where a part of a definition is written: a file and a YAML path in it.
type Origin struct {
	File string
	Path string
}
