package workflow

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// FitsAndValid says of inputs whether they plainly fit, and whether the JSON Schema lets them pass.
func (t *Transition) FitsAndValid(raw map[string]json.RawMessage) (fit, valid bool) {
	instance := map[string]any{}
	for name, text := range raw {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			return false, false
		}
		instance[name] = value
	}
	return fits(t.schema.inputs, t.schema.codes, instance), len(t.schema.validate(instance)) == 0
}

// PlainValue gives what a JSON text is read as without a decoder, and as JSON whatever it is.
func PlainValue(raw json.RawMessage) (plain any, ok bool, decoded any, err error) {
	plain, ok = plainValue(raw)
	decoded, err = jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	return plain, ok, decoded, err
}

// Counted reports whether an expression over the common variables is counted while it is evaluated.
func Counted(text string) (counted bool, err error) {
	env, err := base()
	if err != nil {
		return false, err
	}
	checked, issues := env.Compile(text)
	if issues.Err() != nil {
		return false, issues.Err()
	}
	return !bounded(env, checked), nil
}

// Move makes a move of the transition with the state machine that Decide uses: to the result of the event, once the guard lets
// it pass.
func (t *Transition) Move(from, event string, guard func() error) (to string, err error) {
	i := slices.IndexFunc(t.ways, func(w way) bool { return w.event == event })
	return t.move(from, t.ways[i].move, guard)
}
