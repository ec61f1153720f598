package workflow

// Finding is something wrong in a definition: where it is written, what is wrong, and where there is one the shortest
// path of transitions that shows it.
type Finding struct {
	Code    string // short name of the kind of mistake
	Origin  Origin // the part of the definition
	Path    string // below the part, such as rules[2].holds; may be empty
	Message string
	Steps   []string // transitions from the first state on, "transition → state"
}
