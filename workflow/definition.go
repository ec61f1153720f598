package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
)

// Definition is a compiled form of cooperation: immutable, shared by all cases that began under it, safe for use by
// many at once.
type Definition struct {
	Source      Source
	Ref         Ref
	Form        string
	Title       Text
	Start       string
	States      []State
	Tracks      []Track
	Transitions []*Transition
	Tasks       []*TaskRule
	Clocks      []*Clock

	states  map[string]*State        // strand/id → state
	named   map[string][]*Transition // by id
	record  []Variable               // of the route and of every track
	facts   []*fact
	codes   map[string][]Code
	numbers map[string]*Clock
}

// State is a state of one strand.
type State struct {
	ID     string `json:"id"`
	Strand string `json:"strand"`
	Stage  string `json:"stage,omitempty"`
	Kind   string `json:"kind"`
	Title  Text   `json:"title"`
	// Register is what a case that comes here is in the register: current or past; empty leaves it as it was.
	Register string `json:"register,omitempty"`
	// Outside is who the case waits for outside the City, a code of the city's list `outside`; empty: nobody.
	Outside string `json:"outside,omitempty"`
}

// The kinds of a state: a goal is what the case was opened for, an end is where it rests.
const (
	Open = "open"
	Goal = "goal"
	End  = "end"
)

// The calls that make a transition of their own; such a transition is never offered.
const (
	callOpen   = "open"
	callAmend  = "amend"
	callImport = "import"
)

// Track is a strand beside the route.
type Track struct {
	ID    string `json:"id"`
	Title Text   `json:"title"`
	Start string `json:"start"`
}

// Transition is a compiled transition; From holds every state that it starts from.
type Transition struct {
	TransitionSource
	Strand string

	schema    *schema
	ways      []way                // how it can end
	machines  map[string]*machines // its state machines, by the state that they start from
	reads     []*fact              // facts that its conditions read
	rules     []*rule
	checks    []*check
	documents []*requirement
	outcomes  []*outcome
	notBefore *Expression
	effect    *effect
	opening   *opening
}

// TaskRule is a compiled task of a definition.
type TaskRule struct {
	TaskSource
	Strand    string
	when, due *Expression
}

// Clock is a limit in time of a definition.
type Clock struct {
	ClockSource
	told bool // the definition says of its clocks what meets them
}

type outcome struct {
	OutcomeSource
	when    *Expression
	effect  *effect
	opening *opening
}

// State returns the state of a strand.
func (d *Definition) State(strand, id string) (State, bool) {
	state, ok := d.states[strand+"/"+id]
	if !ok {
		return State{}, false
	}
	return *state, true
}

// Strands lists the strands of the definition, the route first.
func (d *Definition) Strands() []string {
	strands := []string{Route}
	for _, track := range d.Tracks {
		strands = append(strands, track.ID)
	}
	return strands
}

// Named returns the transitions that answer to the id, from whichever state.
func (d *Definition) Named(id string) []*Transition {
	return slices.Clone(d.named[id])
}

// Offered lists what the present state of the route and of each track offers, in the order of the definition; what every
// state offers comes last.
func (d *Definition) Offered(p *Proposal) []*Transition {
	var offered, always []*Transition
	for _, transition := range d.Transitions {
		switch {
		case transition.Call != "" || !slices.Contains(transition.From, p.StateOf(transition.Strand)):
		case transition.FromAny:
			always = append(always, transition)
		default:
			offered = append(offered, transition)
		}
	}
	return append(offered, always...)
}

// Destination returns where an outcome, or the transition itself, leads from a state.
func destination(to, from string) string {
	if to == "=" {
		return from
	}
	return to
}

// digest returns the hex SHA-256 of the canonical form of a source, and that form.
func digest(source Source) (string, []byte, error) {
	canonical, err := json.Marshal(source)
	if err != nil {
		return "", nil, fmt.Errorf("write definition %s: %w", source.Form, err)
	}
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:]), canonical, nil
}

// Canonical returns the canonical form of the definition, from which [Restore] compiles it again.
func (d *Definition) Canonical() ([]byte, error) {
	_, canonical, err := digest(d.Source)
	return canonical, err
}

// Restore compiles a definition from its canonical form.
func Restore(canonical []byte) (*Definition, error) {
	var source Source
	if err := json.Unmarshal(canonical, &source); err != nil {
		return nil, fmt.Errorf("read definition: %w", err)
	}
	definition, findings := Compile(source)
	if len(findings) > 0 {
		return nil, fmt.Errorf("compile definition %s: %s", source.Form, findings[0].Message)
	}
	return definition, nil
}
