package check

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// route is the main strand of a case; its other strands are its tracks.
const route = "route"

// definition is what a form allows.
type definition struct {
	form        string
	start       map[string]string           // strand → state
	states      map[string]map[string]state // strand → id
	transitions []transition
	tasks       map[string]taskRule
}

type state struct {
	ID    string `json:"id"`
	Stage string `json:"stage"`
	Kind  string `json:"kind"`
}

// transition is one written way of an act, of which there may be several.
type transition struct {
	strand    string
	ID        string    `json:"id"`
	From      []string  `json:"from"`
	FromAny   bool      `json:"from_any"`
	FromOpen  bool      `json:"from_open"`
	FromIfAny []string  `json:"from_if_any"`
	To        string    `json:"to"`
	Event     string    `json:"event"`
	Public    bool      `json:"public"`
	Call      string    `json:"call"`
	Inputs    []input   `json:"inputs"`
	Outcomes  []outcome `json:"outcomes"`
	Then      effect    `json:"then"`
}

type input struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

type outcome struct {
	Event string `json:"event"`
	To    string `json:"to"`
	Then  effect `json:"then"`
}

type effect struct {
	Tracks map[string]string `json:"tracks"`
	Open   *struct{}         `json:"open"`
}

type taskRule struct {
	strand string
	ID     string   `json:"id"`
	States []string `json:"states"`
	Role   string   `json:"role"`
}

// source is a definition as it is written.
type source struct {
	Form   string `json:"form"`
	Start  string `json:"start"`
	Tracks []struct {
		ID    string `json:"id"`
		Start string `json:"start"`
		part
	} `json:"tracks"`
	part
}

type part struct {
	States      []state      `json:"states"`
	Transitions []transition `json:"transitions"`
	Tasks       []taskRule   `json:"tasks"`
}

// readDefinitions reads the definitions of a directory, and beside them those that the store keeps for cases that began
// under an older one. A digest that its text does not have is an error.
func readDefinitions(dir string, found *evidence) (map[string]*definition, error) {
	texts := map[string][]byte{}
	for digest, text := range found.definitions {
		texts[digest] = text
	}
	if dir != "" {
		files, err := filepath.Glob(filepath.Join(dir, "*.json"))
		if err != nil {
			return nil, err
		}
		for _, name := range files {
			digest, text, err := readShown(name)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			texts[digest] = text
		}
		if len(files) == 0 {
			return nil, fmt.Errorf("no .json file in %s: write there what `hejnal workflow show --json FORM` prints", dir)
		}
	}
	defined := map[string]*definition{}
	for digest, text := range texts {
		if got := sha256.Sum256(text); hex.EncodeToString(got[:]) != digest {
			return nil, fmt.Errorf("definition %s has the digest %x", digest, got)
		}
		d, err := parseDefinition(text)
		if err != nil {
			return nil, fmt.Errorf("definition %s: %w", digest, err)
		}
		defined[digest] = d
	}
	return defined, nil
}

// readShown reads what `hejnal workflow show --json` printed.
func readShown(name string) (digest string, text []byte, err error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return "", nil, err
	}
	var shown struct {
		Digest string          `json:"digest"`
		Source json.RawMessage `json:"source"`
	}
	if err := json.Unmarshal(raw, &shown); err != nil {
		return "", nil, err
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, shown.Source); err != nil {
		return "", nil, fmt.Errorf("source: %w", err)
	}
	return shown.Digest, compact.Bytes(), nil
}

func parseDefinition(text []byte) (*definition, error) {
	var written source
	if err := json.Unmarshal(text, &written); err != nil {
		return nil, err
	}
	d := &definition{
		form: written.Form, start: map[string]string{route: written.Start}, states: map[string]map[string]state{}, tasks: map[string]taskRule{},
	}
	d.add(route, written.part)
	for _, track := range written.Tracks {
		d.start[track.ID] = track.Start
		d.add(track.ID, track.part)
	}
	return d, nil
}

func (d *definition) add(strand string, p part) {
	d.states[strand] = map[string]state{}
	for _, s := range p.States {
		d.states[strand][s.ID] = s
	}
	for _, t := range p.Transitions {
		t.strand = strand
		d.transitions = append(d.transitions, t)
	}
	for _, t := range p.Tasks {
		t.strand = strand
		d.tasks[t.ID] = t
	}
}

// leaves tells whether the transition may be made from a state of its strand.
func (d *definition) leaves(t *transition, from string) bool {
	known, ok := d.states[t.strand][from]
	return ok && (slices.Contains(t.From, from) || slices.Contains(t.FromIfAny, from) || t.FromAny || t.FromOpen && known.Kind != "end")
}

// offers tells whether a case whose strands stand so offers an act; known is false for one that the definition does not have.
func (d *definition) offers(id string, states map[string]string) (offered, known bool) {
	for i := range d.transitions {
		t := &d.transitions[i]
		if t.ID != id || t.Call != "" {
			continue
		}
		known = true
		offered = offered || d.leaves(t, states[t.strand])
	}
	return offered, known
}

// way is one way in which an act can end.
type way struct {
	event, to string
	tracks    map[string]string
}

func (t *transition) ways() []way {
	if len(t.Outcomes) == 0 {
		return []way{{t.Event, t.To, t.Then.Tracks}}
	}
	ways := make([]way, 0, len(t.Outcomes))
	for _, o := range t.Outcomes {
		tracks := map[string]string{}
		for track, state := range t.Then.Tracks {
			tracks[track] = state
		}
		for track, state := range o.Then.Tracks {
			tracks[track] = state
		}
		ways = append(ways, way{o.Event, o.To, tracks})
	}
	return ways
}
