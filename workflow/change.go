package workflow

// Change is an accepted command: everything that is to be committed together, or not at all.
type Change struct {
	Before   Proposal // zero value for a new case
	After    Proposal
	Act      Act
	Tasks    []TaskChange
	Hold     []Hold    // newly held
	Release  []Hold    // no longer held
	Read     []string  // scopes the decision rests on
	Public   *Public   // the public part, nil when the act is not public
	Personal []string  // inputs whose values are personal
	Opened   []*Change // linked cases that the act opens
}

// TaskChange is what happened to a task: opened or completed.
type TaskChange struct {
	What string
	Task Task
}

// The words of [TaskChange.What] and of the task events.
const (
	TaskOpened    = "opened"
	TaskCompleted = "completed"
	TaskClaimed   = "claimed"
	TaskReleased  = "released"
	TaskAssigned  = "assigned"
	TaskOverdue   = "overdue"
)

// Public is the part of an act that anybody may see.
type Public struct {
	Inputs map[string]any
}
