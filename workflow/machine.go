package workflow

import (
	"context"
	"errors"
	"fmt"

	"github.com/looplab/fsm"
)

// describeMachines writes down, for each strand, the moves that a state machine knows: one event for each transition,
// and one for each outcome of a transition that has several.
func (d *Definition) describeMachines() {
	d.events = map[string][]fsm.EventDesc{}
	for _, t := range d.Transitions {
		if len(t.From) == 0 {
			continue
		}
		for _, way := range t.ways() {
			for _, from := range t.From {
				d.events[t.Strand] = append(d.events[t.Strand], fsm.EventDesc{
					Name: way.move, Src: []string{from}, Dst: destination(way.to, from),
				})
			}
		}
	}
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

func (t *Transition) ways() []way {
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
	ways := t.ways()
	for i, o := range t.outcomes {
		if o.when.holds(v) {
			return ways[i]
		}
	}
	return ways[len(ways)-1]
}

// move makes a move of a strand with a fresh state machine, once guard lets it pass, and returns the new state. The
// machine's context is its own: one that the caller cancels would wedge it half way.
func (d *Definition) move(strand, from, name string, guard func() error) (string, error) {
	machine := fsm.NewFSM(from, d.events[strand], fsm.Callbacks{
		"before_" + name: func(_ context.Context, event *fsm.Event) {
			if err := guard(); err != nil {
				event.Cancel(err)
			}
		},
	})
	err := machine.Event(context.Background(), name)
	var stays fsm.NoTransitionError
	var stopped fsm.CanceledError
	switch {
	case err == nil, errors.As(err, &stays) && stays.Err == nil:
		return machine.Current(), nil
	case errors.As(err, &stopped) && stopped.Err != nil:
		return from, stopped.Err
	}
	return from, fmt.Errorf("move %s from %s by %s: %w", strand, from, name, err)
}
