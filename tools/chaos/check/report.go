package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Kind says in one word what is wrong.
type Kind string

// The kinds of violation.
const (
	Lost      Kind = "lost"      // accepted or committed, and not where it belongs
	Doubled   Kind = "doubled"   // there more often than it was asked for
	Reordered Kind = "reordered" // in another order than it happened
	Phantom   Kind = "phantom"   // there, and refused or never asked for
	Gap       Kind = "gap"       // a number is missing
	Altered   Kind = "altered"   // two places tell different things of the same
	Path      Kind = "path"      // a history that its definition does not allow
	Task      Kind = "task"      // the story of a task does not fit together
	Answer    Kind = "answer"    // an answer, kept or given, that does not tell what was done
	Leaked    Kind = "leaked"    // seen by a subscriber that may not see it
)

// Violation is one thing that is wrong.
type Violation struct {
	Kind     Kind   `json:"kind"`
	What     string `json:"what"`     // a sentence
	Evidence string `json:"evidence"` // what shows it; may be empty
}

// String is one line.
func (v Violation) String() string {
	if v.Evidence == "" {
		return fmt.Sprintf("%s: %s", v.Kind, v.What)
	}
	return fmt.Sprintf("%s: %s [%s]", v.Kind, v.What, v.Evidence)
}

// Report is the verdict on a run.
type Report struct {
	Commands     int `json:"commands"` // calls that ask for a change
	Acknowledged int `json:"acknowledged"`
	Refused      int `json:"refused"`
	Unknown      int `json:"unknown"` // never answered, or answered by an error of the server
	Reads        int `json:"reads"`
	Lost         int `json:"lost"`
	Doubled      int `json:"doubled"`
	Reordered    int `json:"reordered"`

	Entries   int `json:"entries"`   // of the journal
	Published int `json:"published"` // messages read from all streams
	Proposals int `json:"proposals"` // whose histories were judged
	Received  int `json:"received"`  // by all subscribers together
	Astray    int `json:"astray"`    // of them, those from the places of others while files were damaged

	Violations []Violation `json:"violations"`
	// Undecided names the proposals whose calls could not be judged in the time given. They are not known to be right.
	Undecided []string `json:"undecided"`
}

// OK tells whether everything was judged and nothing is wrong.
func (r *Report) OK() bool { return len(r.Violations) == 0 && len(r.Undecided) == 0 }

// String is the report in a few lines, with the first violations.
func (r *Report) String() string {
	var out strings.Builder
	fmt.Fprintf(&out, "commands %d: acknowledged %d, refused %d, unknown %d; reads %d\n", r.Commands, r.Acknowledged, r.Refused, r.Unknown, r.Reads)
	fmt.Fprintf(&out, "lost %d, doubled %d, reordered %d, violations %d, undecided %d\n", r.Lost, r.Doubled, r.Reordered, len(r.Violations), len(r.Undecided))
	fmt.Fprintf(&out, "journal %d, published %d, proposals %d, received %d, astray %d\n", r.Entries, r.Published, r.Proposals, r.Received, r.Astray)
	for i, violation := range r.Violations {
		if i == shown {
			fmt.Fprintf(&out, "  … and %d more\n", len(r.Violations)-shown)
			break
		}
		fmt.Fprintf(&out, "  %s\n", violation)
	}
	for _, proposal := range r.Undecided {
		fmt.Fprintf(&out, "  undecided: the calls to proposal %s took too long to judge\n", proposal)
	}
	return out.String()
}

// shown is how many violations are printed.
const shown = 40

// add notes a violation.
func (r *Report) add(kind Kind, evidence, format string, args ...any) {
	r.Violations = append(r.Violations, Violation{Kind: kind, What: fmt.Sprintf(format, args...), Evidence: evidence})
}

// close counts what was found.
func (r *Report) close() {
	slices.SortStableFunc(r.Violations, func(a, b Violation) int { return cmp.Compare(a.Kind, b.Kind) })
	counts := map[Kind]int{}
	for _, violation := range r.Violations {
		counts[violation.Kind]++
	}
	r.Lost, r.Doubled, r.Reordered = counts[Lost], counts[Doubled], counts[Reordered]
}
