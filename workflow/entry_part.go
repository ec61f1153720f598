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
	pointer string
	input   InputSource
	codes   map[string][]Code
}

// partOf finds the part of an act that a pointer leads to. An input or a field that was left out is found where the
// transition has it; an item of a list only where the act has it.
func (c *Case) partOf(act Act, pointer string) (entryPart, bool) {
	found := entryPart{pointer: pointer, codes: c.Definition.codes}
	switch pointer {
	case onDay:
		found.input = InputSource{Type: "date"}
		return found, true
	case commented, justified:
		found.input = InputSource{Type: "text"}
		return found, true
	}
	path, within := strings.CutPrefix(pointer, "/inputs/")
	if !within {
		return entryPart{}, false
	}
	steps := strings.Split(path, "/")
	for i := range steps {
		steps[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(steps[i])
	}
	raw, given := act.Inputs[steps[0]]
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		value = nil
	}
	inputs := c.inputsOf(act)
	input := InputSource{Type: "value"}
	if i := slices.IndexFunc(inputs, func(input InputSource) bool { return input.Name == steps[0] }); i >= 0 {
		input = inputs[i]
	} else if !given {
		return entryPart{}, false
	}
	found.input, within = fieldAt(input, value, steps[1:])
	return found, within
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
				return fieldAt(field, fields[field.Name], steps[1:])
			}
		}
	case "records", "codes":
		item, ok := itemAt(value, steps[0])
		one := InputSource{Type: "code", Values: input.Values, List: input.List}
		if input.Type == "records" {
			one = InputSource{Type: "object", Fields: input.Fields}
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
	i, err := strconv.Atoi(step)
	if err != nil || i < 0 || i >= len(items) || strconv.Itoa(i) != step {
		return nil, false
	}
	return items[i], true
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
