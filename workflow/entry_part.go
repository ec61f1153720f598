package workflow

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"hejnal/workflow/calendar"
)

// What every act has besides its inputs, as a pointer leads there.
const (
	onDay     = "/occurred_on"
	commented = "/comment"
	justified = "/justification"
)

// entryPart is a part of an act that a pointer leads to, and what may stand there: an input or a field of one, or else the day or a
// remark.
type entryPart struct {
	act     CorrectedAct
	pointer string
	input   InputSource
	codes   map[string][]Code
	public  bool // whoever may know of the act may know this part
}

// partOf finds the part of an act that a pointer leads to. An input or a field that was left out is found where the
// transition has it; an item of a list only where the act has it. What a correction says is the part that it corrects.
func (c *Case) partOf(acts []CorrectedAct, act CorrectedAct, pointer string) (entryPart, bool) {
	found := entryPart{act: act, pointer: pointer, codes: c.Definition.codes}
	switch pointer {
	case onDay:
		found.input, found.public = InputSource{Type: "date"}, true
		return found, true
	case commented, justified:
		found.input = InputSource{Type: "text"}
		return found, true
	}
	steps, within := inputSteps(pointer)
	if !within {
		return entryPart{}, false
	}
	raw, given := act.Inputs[steps[0]]
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		value = nil
	}
	inputs := c.inputsOf(act.Act)
	input := InputSource{Type: "value"}
	if i := slices.IndexFunc(inputs, func(input InputSource) bool { return input.Name == steps[0] }); i >= 0 {
		input = inputs[i]
	} else if !given {
		return entryPart{}, false
	}
	if leads(input) {
		return entryPart{}, false
	}
	if entry, correction, corrects := c.Definition.Correction(act.Act); corrects && input.Type == "value" {
		i := slices.IndexFunc(acts, func(a CorrectedAct) bool { return a.ID == entry && a.Seq < act.Seq })
		if i < 0 {
			return entryPart{}, false
		}
		return c.partOf(acts, acts[i], strings.Join(append([]string{correction.Field}, strings.Split(pointer, "/")[3:]...), "/"))
	}
	found.input, within = fieldAt(input, value, steps[1:])
	found.public = input.Public && !found.input.Personal
	return found, within
}

// leads reports whether an input says which part of which entry is corrected. It cannot be corrected itself: a correction in the
// wrong place is made good by one that says what is right there.
func leads(input InputSource) bool { return input.Type == "transition" || input.Type == "pointer" }

// inputSteps are the steps of a pointer to an input: its name, and the way within it.
func inputSteps(pointer string) ([]string, bool) {
	path, within := strings.CutPrefix(pointer, "/inputs/")
	if !within {
		return nil, false
	}
	steps := strings.Split(path, "/")
	for i := range steps {
		steps[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(steps[i])
	}
	return steps, true
}

// fieldAt follows a pointer from an input that has the value, which is nil where it has none.
func fieldAt(input InputSource, value any, steps []string) (InputSource, bool) {
	if len(steps) == 0 {
		return input, true
	}
	switch input.Type {
	case "object":
		fields, _ := value.(map[string]any)
		for _, field := range input.Fields {
			if field.Name == steps[0] {
				field.Personal = field.Personal || input.Personal
				return fieldAt(field, fields[field.Name], steps[1:])
			}
		}
	case "records", "codes":
		item, ok := itemAt(value, steps[0])
		one := InputSource{Type: "code", Values: input.Values, List: input.List, Personal: input.Personal}
		if input.Type == "records" {
			one = InputSource{Type: "object", Fields: input.Fields, Personal: input.Personal}
		}
		if ok {
			return fieldAt(one, item, steps[1:])
		}
	case "value":
		item, ok := itemAt(value, steps[0])
		if fields, object := value.(map[string]any); object {
			item, ok = fields[steps[0]]
		}
		if ok {
			return fieldAt(input, item, steps[1:])
		}
	}
	return InputSource{}, false
}

func itemAt(value any, step string) (any, bool) {
	items, _ := value.([]any)
	i, ok := itemNumber(len(items), step)
	if !ok {
		return nil, false
	}
	return items[i], true
}

// itemNumber reads a step into a list of so many items.
func itemNumber(items int, step string) (int, bool) {
	i, err := strconv.Atoi(step)
	return i, err == nil && i >= 0 && i < items && strconv.Itoa(i) == step
}

// judge judges a value, the input of the name, as it would be judged where the part stands, and gives it as an act keeps it.
func (p *entryPart) judge(name string, value any, today calendar.Date) (seen any, kept json.RawMessage, wrong []FieldError) {
	if p.pointer == commented || p.pointer == justified {
		return judgeRemark(name, value)
	}
	input := p.input
	input.Name, input.Optional = name, false
	texts, values, wrong := newSchema([]InputSource{input}, p.codes, nil).judge(map[string]any{name: value})
	if len(wrong) > 0 {
		return nil, nil, wrong
	}
	if day, ok := values[name].(string); ok && p.pointer == onDay {
		if message, ok := wrongDay(calendar.Date(day), today); ok {
			return nil, nil, []FieldError{{Pointer: fieldPointer(name), Message: message}}
		}
	}
	return values[name], texts[name], nil
}

func judgeRemark(name string, value any) (seen any, kept json.RawMessage, wrong []FieldError) {
	text, ok := value.(string)
	if !ok {
		return nil, nil, []FieldError{{Pointer: fieldPointer(name), Message: Text{PL: "Podaj tekst.", EN: "Give a text."}}}
	}
	if wrong = textErrors(Command{Comment: text}); len(wrong) > 0 {
		for i := range wrong {
			wrong[i].Pointer = fieldPointer(name)
		}
		return nil, nil, wrong
	}
	text = strings.TrimSpace(text)
	kept, err := keptText(text)
	if err != nil {
		return nil, nil, []FieldError{{Pointer: fieldPointer(name), Message: unreadable("text")}}
	}
	return text, kept, nil
}
