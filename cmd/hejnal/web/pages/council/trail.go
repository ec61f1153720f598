package council

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/store"
	"hejnal/workflow"
)

// trail is what the history of a case tells of its way through the Council, oldest first, as corrections left it.
type trail struct {
	definition *workflow.Definition
	acts       []workflow.Act
}

// recent is how many of a case's last acts a card is made from.
const recent = 60

// whole is how many acts of a case a session looks through.
const whole = 1_000

// trailOf reads the acts of a case after the one numbered seq, at most so many.
func (p *pages) trailOf(ctx context.Context, c workflow.Proposal, after int64, most int) (trail, error) {
	definition, err := p.Engine.DefinitionOf(ctx, c)
	if err != nil {
		return trail{}, err
	}
	records, err := p.Store.History(ctx, c.ID, after, most)
	if err != nil {
		return trail{}, fmt.Errorf("read history: %w", err)
	}
	acts, err := readActs(definition, records)
	return trail{definition: definition, acts: corrected(definition, acts)}, err
}

// readActs reads acts without their personal values. Of a correction they are read, because what it says of an input that is
// not personal is not personal either.
func readActs(d *workflow.Definition, records []store.Record) ([]workflow.Act, error) {
	corrects := correction(d)
	acts := make([]workflow.Act, 0, len(records))
	for _, record := range records {
		act, err := engine.ReadAct(record)
		if err == nil && act.Transition != corrects && len(record.Personal) > 0 {
			record.Personal = nil
			act, err = engine.ReadAct(record)
		}
		if err != nil {
			return nil, err
		}
		acts = append(acts, act)
	}
	return acts, nil
}

// corrected gives acts with what later entries correct of their inputs, personal ones left out.
func corrected(d *workflow.Definition, acts []workflow.Act) []workflow.Act {
	right := make([]workflow.Act, 0, len(acts))
	for _, act := range d.Corrected(acts) {
		for name := range act.Inputs {
			if was, given := act.Recorded.Inputs[name]; personal(d, act.Transition, name) && given {
				act.Inputs[name] = was
			} else if personal(d, act.Transition, name) {
				delete(act.Inputs, name)
			}
		}
		act.Comment, act.Justification = act.Recorded.Comment, act.Recorded.Justification
		right = append(right, act.Act)
	}
	return right
}

// personal reports whether an input of a transition is personal, or is not known.
func personal(d *workflow.Definition, transition, name string) bool {
	for _, t := range d.Named(transition) {
		if input, ok := inputOf(t, name); ok {
			return input.Personal
		}
	}
	return true
}

// latest is the last act that gave an input.
func (t trail) latest(name string) (workflow.Act, bool) {
	for _, act := range slices.Backward(t.acts) {
		if act.Inputs[name] != nil {
			return act, true
		}
	}
	return workflow.Act{}, false
}

// round is the part of the trail since the draft last came to the Council.
func (t trail) round() trail {
	for i, act := range slices.Backward(t.acts) {
		if act.Track == workflow.Route && before(t.definition, workflow.Route, act.To) && !before(t.definition, workflow.Route, act.From) {
			return trail{definition: t.definition, acts: t.acts[i:]}
		}
	}
	return t
}

// print is the number under which the draft was printed; empty where it has none yet.
func (t trail) print() string {
	act, ok := t.latest(printNumber)
	if !ok {
		return ""
	}
	number, _ := text(act.Inputs[printNumber])
	return number
}

// at is the act that was recorded at a moment.
func (t trail) at(moment time.Time) (workflow.Act, bool) {
	i := slices.IndexFunc(t.acts, func(a workflow.Act) bool { return a.RecordedAt.Equal(moment) })
	if i < 0 {
		return workflow.Act{}, false
	}
	return t.acts[i], true
}

// text reads an input that is a text.
func text(raw json.RawMessage) (string, bool) {
	var value string
	err := json.Unmarshal(raw, &value)
	return value, err == nil
}

// number reads an input that is a whole number.
func number(raw json.RawMessage) (int, bool) {
	value, err := strconv.Atoi(string(raw))
	return value, err == nil
}
