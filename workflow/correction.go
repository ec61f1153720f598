package workflow

import (
	"encoding/json"
	"regexp"
	"slices"
)

// Correction is what an entry says of an earlier one: that a part of it should say something else.
type Correction struct {
	By    string          // id of the act that says it
	Field string          // JSON pointer to the part
	Value json.RawMessage // nil: not told, or only a hash of it is left
}

// CorrectedAct is an act as later entries correct it; the act as it was recorded stands beside.
type CorrectedAct struct {
	Act
	Recorded    Act
	Corrections []Correction // oldest first
}

// Corrects reports whether a transition corrects an entry: whether one of its inputs names an act of the case.
func (d *Definition) Corrects(transition string) bool {
	return slices.ContainsFunc(d.named[transition], func(t *Transition) bool {
		return slices.ContainsFunc(t.Inputs, func(input InputSource) bool { return input.Type == "transition" })
	})
}

// Correction reads from an act which entry it corrects, and how; ok is false for an act that corrects none.
func (d *Definition) Correction(act Act) (entry string, correction Correction, ok bool) {
	correction.By = act.ID
	text := func(name string) (text string) {
		if json.Unmarshal(act.Inputs[name], &text) != nil {
			return ""
		}
		return text
	}
	for _, t := range d.named[act.Transition] {
		for _, input := range t.Inputs {
			switch input.Type {
			case "transition":
				entry = text(input.Name)
			case "pointer":
				correction.Field = text(input.Name)
			case "value":
				if correction.Value = act.Inputs[input.Name]; hashed.MatchString(text(input.Name)) {
					correction.Value = nil
				}
			}
		}
	}
	return entry, correction, entry != ""
}

// hashed is what stands in the place of a value that was erased, or that the reader may not see.
var hashed = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)

// Corrected gives the acts of a case, oldest first, as later ones among them correct them. Where several correct the same part,
// the last one says what is right; one that corrects a correction changes what that one says.
func (d *Definition) Corrected(acts []Act) []CorrectedAct {
	corrected, at := make([]CorrectedAct, len(acts)), make(map[string]int, len(acts))
	for i, act := range acts {
		corrected[i], at[act.ID] = CorrectedAct{Act: act, Recorded: act}, i
	}
	said := map[int][]Correction{} // by what is corrected, newest first
	for i := len(acts) - 1; i >= 0; i-- {
		one := &corrected[i]
		for _, correction := range slices.Backward(said[i]) {
			one.put(correction.Field, correction.Value)
			one.Corrections = append(one.Corrections, correction)
		}
		if entry, correction, ok := d.Correction(one.Act); ok {
			if earlier, known := at[entry]; known && earlier < i {
				said[earlier] = append(said[earlier], correction)
			}
		}
	}
	return corrected
}

// put sets a part of the act to a value; a part that is not there, and a value that is not told, change nothing.
func (a *Act) put(pointer string, value json.RawMessage) {
	if value == nil {
		return
	}
	// A value that is of another kind than the part was not judged, so it says nothing of it.
	switch pointer {
	case onDay:
		_ = json.Unmarshal(value, &a.OccurredOn)
		return
	case commented:
		_ = json.Unmarshal(value, &a.Comment)
		return
	case justified:
		_ = json.Unmarshal(value, &a.Justification)
		return
	}
	steps, within := inputSteps(pointer)
	if !within {
		return
	}
	changed, ok := value, true
	if len(steps) > 1 {
		changed, ok = putWithin(a.Inputs[steps[0]], steps[1:], value)
	}
	if !ok {
		return
	}
	a.Inputs = cloned(a.Inputs)
	a.Inputs[steps[0]] = changed
}

// putWithin sets what lies at the end of the steps within a JSON value.
func putWithin(raw json.RawMessage, steps []string, value json.RawMessage) (json.RawMessage, bool) {
	if len(steps) == 0 {
		return value, true
	}
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) == nil && items != nil {
		i, ok := itemNumber(len(items), steps[0])
		if !ok {
			return nil, false
		}
		if items[i], ok = putWithin(items[i], steps[1:], value); !ok {
			return nil, false
		}
		return marshalled(items)
	}
	fields := map[string]json.RawMessage{}
	if len(raw) > 0 && json.Unmarshal(raw, &fields) != nil {
		return nil, false
	}
	changed, ok := putWithin(fields[steps[0]], steps[1:], value)
	if !ok {
		return nil, false
	}
	fields[steps[0]] = changed
	return marshalled(fields)
}

func marshalled(value any) (json.RawMessage, bool) {
	raw, err := json.Marshal(value)
	return raw, err == nil
}
