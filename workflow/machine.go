package workflow

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/looplab/fsm"
)

// describeMachines writes down what the state machines of a transition know in each state that it starts from: one event,
// or one for each outcome where it has several.
func (d *Definition) describeMachines() {
	for _, t := range d.Transitions {
		t.machines = map[string]*machines{}
		for _, from := range t.From {
			described := &machines{from: from}
			for _, way := range t.ways {
				described.moves = append(described.moves, fsm.EventDesc{Name: way.move, Src: []string{from}, Dst: destination(way.to, from)})
			}
			t.machines[from] = described
		}
	}
}

// machines are the state machines of a transition that start from one state. One that was used is used again: to build it
// costs more than the rest of a simple decision.
type machines struct {
	from  string
	moves []fsm.EventDesc
	idle  sync.Pool
}

// take gives a machine that stands in the state. Its moves are guarded by the function that the event is given.
func (m *machines) take() *fsm.FSM {
	if machine, ok := m.idle.Get().(*fsm.FSM); ok {
		return machine
	}
	return fsm.NewFSM(m.from, m.moves, fsm.Callbacks{
		"before_event": func(_ context.Context, event *fsm.Event) {
			if err := event.Args[0].(func() error)(); err != nil {
				event.Cancel(err)
			}
		},
	})
}

// leave takes back a machine whose move is over.
func (m *machines) leave(machine *fsm.FSM) {
	machine.SetState(m.from)
	m.idle.Put(machine)
}

// way is one result that a transition can have.
type way struct {
	move    string // name of the move in the state machine
	event   string
	title   Text
	to      string
	effect  *effect // of the outcome alone; nil without outcomes
	opening *opening
}

// results lists the ways in which a transition can end, in the order in which they are tried.
func (t *Transition) results() []way {
	if len(t.outcomes) == 0 {
		title := t.EventTitle
		if title.IsZero() {
			title = t.Title
		}
		return []way{{move: t.ID, event: t.Event, title: title, to: t.To}}
	}
	ways := make([]way, 0, len(t.outcomes))
	for _, o := range t.outcomes {
		ways = append(ways, way{
			move: t.ID + "/" + o.Event, event: o.Event, title: o.EventTitle, to: o.To, effect: o.effect, opening: o.opening,
		})
	}
	return ways
}

// way chooses the result of a transition by its outcomes' conditions.
func (t *Transition) way(v *view) way {
	for i, o := range t.outcomes {
		if o.when.holds(v) {
			return t.ways[i]
		}
	}
	return t.ways[len(t.ways)-1]
}

// move makes a move of the transition's strand with a state machine of its own, once guard lets it pass, and returns the new
// state. The machine knows the moves of the transition alone, because to build it from the whole table costs more than all
// the rest of a decision. Its context is its own: one that the caller cancels would wedge it half way.
func (t *Transition) move(from, name string, guard func() error) (string, error) {
	ready, known := t.machines[from]
	if !known {
		return from, fmt.Errorf("move %s from %s by %s: it does not start there", t.Strand, from, name)
	}
	machine := ready.take()
	err := machine.Event(context.Background(), name, guard)
	to := machine.Current()
	var stays fsm.NoTransitionError
	var stopped fsm.CanceledError
	switch {
	case err == nil, errors.As(err, &stays) && stays.Err == nil:
		ready.leave(machine)
		return to, nil
	case errors.As(err, &stopped) && stopped.Err != nil:
		ready.leave(machine)
		return from, stopped.Err
	}
	return from, fmt.Errorf("move %s from %s by %s: %w", t.Strand, from, name, err)
}
