package workflow

import (
	"encoding/json"
	"fmt"
)

// Kind says in which way a command was refused; each kind has its own answer in every face of the program.
type Kind string

// The kinds of refusal, in the order in which a command is judged.
const (
	Unknown   Kind = "unknown_transition" // no definition in force has such a transition
	Forbidden Kind = "forbidden"          // the person's roles can never make it
	NotHere   Kind = "not_offered"        // the present state does not offer it
	Invalid   Kind = "invalid"            // inputs are missing or wrong
	Blocked   Kind = "blocked"            // rules, documents, four eyes or dates stand against it
)

// Severity says whether a blocker can be passed.
type Severity string

// Block refuses; Warn passes with a written justification.
const (
	Block Severity = "block"
	Warn  Severity = "warn"
)

// Blocker is one reason why a transition cannot be made, with what is needed to get past it.
type Blocker struct {
	Code      string   `json:"code"`
	Message   Text     `json:"message"`
	Basis     string   `json:"basis"` // legal basis, in Polish
	Severity  Severity `json:"severity"`
	Who       []Role   `json:"who"`                  // who could clear it; never null
	ClearedBy []string `json:"cleared_by,omitempty"` // transitions that could clear it, nearest first
	AnyOf     []string `json:"-"`                    // kinds of the document that is missing, where one is
}

// MarshalJSON writes the blocker with every member that a reader may count on.
func (b Blocker) MarshalJSON() ([]byte, error) {
	type written Blocker
	if b.Who == nil {
		b.Who = []Role{}
	}
	return json.Marshal(written(b))
}

// FieldError is one wrong input: a JSON pointer into the command and what is wrong there.
type FieldError struct {
	Pointer string `json:"pointer"`
	Message Text   `json:"message"`
}

// Refusal is the answer to a command that was not accepted: every reason at once. It is an error.
type Refusal struct {
	Kind     Kind
	Message  Text
	Blockers []Blocker
	Errors   []FieldError
	Who      []Role // Forbidden: who may
}

// Error gives the refusal in English, for logs.
func (r *Refusal) Error() string {
	return fmt.Sprintf("%s: %s", r.Kind, r.Message.EN)
}
