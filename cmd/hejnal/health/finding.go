package health

import (
	"context"
	"time"

	"hejnal/workflow"
)

// Finding is what a check saw. Message and Action say what is wrong and what to do about it, to an operator and to
// whoever can reach the server: they hold no addresses, names or secrets. Cause is for the log alone.
type Finding struct {
	OK      bool
	State   string // one word, such as ok, away or behind
	Message workflow.Text
	Action  workflow.Text
	Cause   error
}

// Fine is the finding of a check that sees nothing wrong.
func Fine() Finding { return Finding{OK: true, State: "ok"} }

// Check looks at one thing.
type Check struct {
	// Name is one word, unlike any other check's: store, relay, stream, nats, disk, clock.
	Name string
	// Look says how the thing fares. It may be slow: it runs once at a time, and whoever asks does not wait longer than
	// Patience for it. The context ends some time after that.
	Look func(ctx context.Context) Finding
	// Patience is how long an answer is waited for; 0 means half a second.
	Patience time.Duration
}

func (c Check) patience() time.Duration {
	if c.Patience == 0 {
		return 500 * time.Millisecond
	}
	return c.Patience
}

// slow is what is known of a thing whose check has not ended in time.
var slow = Finding{
	State:   "slow",
	Message: workflow.Text{PL: "Sprawdzenie nie zakończyło się na czas.", EN: "The check has not ended in time."},
	Action: workflow.Text{
		PL: "Sprawdź obciążenie maszyny i to, czy sprawdzana część odpowiada.", EN: "Look at the load of the machine, and whether the part that was checked answers.",
	},
}
