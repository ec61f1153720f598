package bench

import (
	"context"
	"slices"
	"time"
)

// Measurement is one comparison, or several that share what they run on.
type Measurement struct {
	Name     string // as it is asked for on the command line
	Title    string // one line of what is compared
	Database bool   // needs a PostgreSQL server
	Run      func(ctx context.Context, s Setting) (Outcome, error)
}

// Outcome is what a measurement found.
type Outcome struct {
	Rows  []Row
	Notes []string // what a reader needs to check the rows: sizes, settings, counts
}

// Setting says where and for how long is measured. Dir is required; Full and Quick give the rest.
type Setting struct {
	Dir      string        // temporary directory that the caller makes and removes
	Server   string        // postgres://… of a user that may create databases; empty: none
	Program  string        // the program's own file, for what is measured from outside
	Rounds   int           // turns of each side; a ratio is the median over them
	Span     time.Duration // length of one turn
	Clients  int           // that call PostgreSQL and the API at once
	Callers  int           // that call the embedded store at once
	Cases    int           // proposals that the clients move
	Idle     time.Duration // from start to when memory is read
	Few      int           // proposals of the small population
	Many     int           // proposals of the large population
	Waiting  int           // how many of either wait for somebody; 0: a share of them
	Progress func(what string)
}

// Full is the setting of the published figures; Dir, Server and Program are the caller's to add.
func Full() Setting {
	return Setting{
		Rounds: 5, Span: 3 * time.Second, Clients: 64, Callers: 16, Cases: 2_048, Idle: 30 * time.Second, Few: 10_000, Many: 1_000_000,
	}
}

// Quick is a setting that shows that everything runs, in seconds; its figures say little.
func Quick() Setting {
	return Setting{
		Rounds: 1, Span: 100 * time.Millisecond, Clients: 8, Callers: 4, Cases: 32, Idle: 100 * time.Millisecond, Few: 50, Many: 500,
	}
}

// tell says what is being done, to whoever wants to know.
func (s Setting) tell(what string) {
	if s.Progress != nil {
		s.Progress(what)
	}
}

// All lists the measurements in the order in which they run.
func All() []Measurement {
	return []Measurement{postgres, api, sqlite, deliverySQLite, deliveryPostgres, growth, pages, server}
}

// Named returns the measurements of these names in the order in which they run, all of them for no name, and the names
// that are none.
func Named(names ...string) (chosen []Measurement, unknown []string) {
	known := map[string]bool{}
	for _, m := range All() {
		known[m.Name] = true
		if len(names) == 0 || slices.Contains(names, m.Name) {
			chosen = append(chosen, m)
		}
	}
	for _, name := range names {
		if !known[name] {
			unknown = append(unknown, name)
		}
	}
	return chosen, unknown
}
