package events

import (
	"context"
	"sync"
)

// State says in one word how a relay fares.
type State string

// The states of a relay.
const (
	StateStandby  State = "standby"  // another process leads
	StateHealthy  State = "healthy"  // everything committed is published
	StateBehind   State = "behind"   // publishing what waits
	StateHoles    State = "holes"    // up to date, but the stream misses messages: repair it
	StateAhead    State = "ahead"    // the stream has events that the store does not have; nothing is published
	StateStalled  State = "stalled"  // the stream refuses what belongs next; it is made anew when that goes on
	StateUnfit    State = "unfit"    // the stream's settings differ; nothing is published
	StateOversize State = "oversize" // the next event is larger than the server takes
	StateFailing  State = "failing"  // store or NATS cannot be reached; tried again each second
)

// States lists every state.
func States() []State {
	return []State{
		StateStandby, StateHealthy, StateBehind, StateHoles, StateAhead, StateStalled, StateUnfit, StateOversize, StateFailing,
	}
}

// Status is what `hejnal events status` shows of one relay.
type Status struct {
	Stream    string `json:"stream"`
	Head      int64  `json:"head"` // last committed position
	Last      int64  `json:"last"` // last sequence of the stream
	Lag       int64  `json:"lag"`  // positions committed and not yet published
	Gaps      int64  `json:"gaps"` // messages missing inside the stream
	State     State  `json:"state"`
	LastError string `json:"last_error,omitempty"` // why it is not healthy, empty when it is
	Leader    bool   `json:"leader"`
	Epoch     int64  `json:"epoch"`             // number of the stream's epoch; 0 until this process has led
	Untaken   int    `json:"untaken,omitempty"` // attempts in a row in which the stream did not answer, or not take what it was sent
	Counts
}

// Counts are what a relay has done since it was made.
type Counts struct {
	Published int64 `json:"published"` // events
	Batches   int64 `json:"batches"`   // atomic ones, among what was published
	Failures  int64 `json:"failures"`  // attempts that failed
	Stalls    int64 `json:"stalls"`    // times that the stream came to refuse what belongs next by its own account
	Remakes   int64 `json:"remakes"`   // times that the stream was made anew
}

// board keeps the status and wakes those who wait for a position.
type board struct {
	mu      sync.Mutex
	status  Status
	changed chan struct{}
	waiting int
}

func newBoard(stream string) *board {
	return &board{status: Status{Stream: stream, State: StateStandby}, changed: make(chan struct{})}
}

func (b *board) read() Status {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.status
}

// write changes the status; lag follows from head and last.
func (b *board) write(change func(*Status)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	last := b.status.Last
	change(&b.status)
	b.status.Head = max(b.status.Head, 0)
	b.status.Lag = max(0, b.status.Head-b.status.Last)
	if b.status.Last != last {
		close(b.changed)
		b.changed = make(chan struct{})
	}
}

func (b *board) awaited() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.waiting > 0
}

func (b *board) wait(ctx context.Context, pos int64) error {
	b.mu.Lock()
	b.waiting++
	defer func() {
		b.waiting--
		b.mu.Unlock()
	}()
	for b.status.Last < pos {
		changed := b.changed
		b.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
		}
		b.mu.Lock()
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}
