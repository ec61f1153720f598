package workflow

import (
	"encoding/json"
	"time"

	"hejnal/workflow/calendar"
)

// Command is what somebody asks for: a transition of a case, with its inputs.
type Command struct {
	Transition    string
	Inputs        map[string]json.RawMessage
	OccurredOn    calendar.Date // empty: today
	Comment       string
	Justification string
	By            Person
}

// Person is who asks: an opaque id and the roles held now.
type Person struct {
	ID         string
	Roles      []Role
	OnBehalfOf string
}

// Has reports whether the person holds one of the roles.
func (p Person) Has(roles ...Role) bool {
	_, ok := p.roleAmong(roles)
	return ok
}

func (p Person) roleAmong(roles []Role) (Role, bool) {
	for _, want := range roles {
		for _, have := range p.Roles {
			if want == have {
				return want, true
			}
		}
	}
	return "", false
}

// Moment is when a command is decided, and where new ids come from.
type Moment struct {
	Now   time.Time     // UTC, microseconds
	Today calendar.Date // Now as a date of the installation's zone
	NewID func() string // UUIDv7
}

// Facts are what a case may know of others: for each scope asked for, its version and who holds what in it.
type Facts map[string]Scope

// Scope is one versioned scope of facts; the zero value is a scope that nothing was ever held in.
type Scope struct {
	Version int64
	Holders []Holder
}

// Holder is one holder of a label in a scope.
type Holder struct {
	Label      string
	ProposalID string
}
