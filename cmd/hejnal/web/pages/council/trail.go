package council

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
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
	corrects, _ := correction(d)
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

// corrected puts into acts what later entries correct of their inputs, personal ones left out.
func corrected(d *workflow.Definition, acts []workflow.Act) []workflow.Act {
	transition, refers := correction(d)
	for _, act := range acts {
		field, ok := text(act.Inputs["field"])
		if act.Transition != transition || !ok {
			continue
		}
		entry, _ := text(act.Inputs[refers])
		i := slices.IndexFunc(acts, func(a workflow.Act) bool { return a.ID == entry })
		if name := inputNamed(field); i >= 0 && acts[i].Inputs[name] != nil && !personal(d, acts[i].Transition, name) {
			if value, _ := text(act.Inputs["value"]); !strings.HasPrefix(value, "sha256:") { // erased
				acts[i].Inputs[name] = act.Inputs["value"]
			}
		}
	}
	return acts
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

// inputNamed is the input that a pointer leads to; empty where it leads elsewhere or into an input.
func inputNamed(pointer string) string {
	const prefix = "/inputs/"
	if len(pointer) <= len(prefix) || pointer[:len(prefix)] != prefix || slices.Contains([]byte(pointer[len(prefix):]), '/') {
		return ""
	}
	return pointer[len(prefix):]
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
