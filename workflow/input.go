package workflow

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"hejnal/workflow/jsonwrite"
)

// read validates raw inputs and gives them in the form in which they are kept, and as expressions see them.
func (s *schema) read(raw map[string]json.RawMessage) (kept map[string]json.RawMessage, seen map[string]any, wrong []FieldError) {
	size := 0
	for _, text := range raw {
		size += len(text)
	}
	if size > maxRaw {
		return nil, nil, []FieldError{{Pointer: "/inputs", Message: Text{
			PL: fmt.Sprintf("Dane czynności mogą mieć najwyżej %d KiB.", maxRaw>>10), EN: fmt.Sprintf("The inputs may have %d KiB at most.", maxRaw>>10),
		}}}
	}
	instance := make(map[string]any, len(raw))
	for name, text := range raw {
		if value, ok := plainValue(text); ok {
			instance[name] = value
			continue
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			wrong = append(wrong, FieldError{Pointer: "/inputs/" + escapePointer(name), Message: Text{PL: "To nie jest poprawny JSON.", EN: "This is not valid JSON."}})
			continue
		}
		if !plainNumbers(value) {
			wrong = append(wrong, FieldError{Pointer: "/inputs/" + escapePointer(name), Message: unreadable("int")})
			continue
		}
		instance[name] = value
	}
	if len(wrong) > 0 {
		return nil, nil, append(wrong, s.tooMany(instance)...)
	}
	return s.judge(instance)
}

// judge validates inputs that are read, and gives them as read does.
func (s *schema) judge(instance map[string]any) (kept map[string]json.RawMessage, seen map[string]any, wrong []FieldError) {
	if wrong := s.tooMany(instance); len(wrong) > 0 {
		return nil, nil, wrong
	}
	if !fits(s.inputs, s.codes, instance) {
		if wrong := s.validate(instance); len(wrong) > 0 {
			return nil, nil, wrong
		}
	}
	return s.keep(instance)
}

// validate judges inputs by their JSON Schema.
func (s *schema) validate(instance map[string]any) []FieldError {
	compiled, err := s.compiled()
	if err != nil {
		return []FieldError{{Pointer: "/inputs", Message: Text{PL: "Schemat danych jest wadliwy.", EN: "The schema of the inputs is faulty."}}}
	}
	if err := compiled.Validate(instance); err != nil {
		var invalid *jsonschema.ValidationError
		if errors.As(err, &invalid) {
			return s.describe(invalid)
		}
		return []FieldError{{Pointer: "/inputs", Message: Text{PL: "Nie można sprawdzić danych.", EN: "The inputs cannot be checked."}}}
	}
	return nil
}

// tooMany refuses lists beyond their bound before each of their items is judged.
func (s *schema) tooMany(instance map[string]any) []FieldError {
	var wrong []FieldError
	for _, input := range s.inputs {
		items, ok := instance[input.Name].([]any)
		bound := maxRecords
		if input.Type == "codes" {
			bound = maxCodes
		}
		if ok && len(items) > bound {
			wrong = append(wrong, FieldError{Pointer: "/inputs/" + input.Name, Message: Text{
				PL: fmt.Sprintf("Najwyżej %d pozycji; jest %d.", bound, len(items)), EN: fmt.Sprintf("At most %d items; there are %d.", bound, len(items)),
			}})
		}
	}
	return wrong
}

func (s *schema) keep(instance map[string]any) (kept map[string]json.RawMessage, seen map[string]any, wrong []FieldError) {
	kept, seen = make(map[string]json.RawMessage, len(instance)), make(map[string]any, len(instance))
	for _, input := range s.inputs {
		value, given := instance[input.Name]
		if !given {
			continue
		}
		value, ok := keptValue(input, value)
		if !ok {
			wrong = append(wrong, FieldError{Pointer: "/inputs/" + input.Name, Message: unreadable(input.Type)})
			continue
		}
		text, err := keptText(value)
		if err != nil {
			wrong = append(wrong, FieldError{Pointer: "/inputs/" + input.Name, Message: unreadable(input.Type)})
			continue
		}
		kept[input.Name] = text
		seen[input.Name] = value
	}
	return kept, seen, wrong
}

// keptText writes a value as it is kept.
func keptText(value any) (json.RawMessage, error) {
	if text, ok := value.(string); ok {
		return jsonwrite.AppendText(make([]byte, 0, len(text)+len(`""`)), text, true), nil
	}
	return json.Marshal(value)
}

// keptValue gives a validated value as expressions see it, or false where its text says nothing that exists.
func keptValue(input InputSource, value any) (any, bool) {
	switch input.Type {
	case "int":
		number, ok := value.(json.Number)
		if !ok {
			return nil, false
		}
		return wholeNumber(number)
	case "codes":
		items, ok := value.([]any)
		return recorded(items), ok
	case "records":
		return recordsOf(input.Fields, value)
	case "object":
		return objectOf(input.Fields, value)
	case "value":
		return value, true
	}
	text, ok := value.(string)
	if !ok {
		return nil, false
	}
	switch input.Type {
	case "resolution_number":
		if _, ok := ParseResolutionNumber(text); !ok {
			return nil, false
		}
	case "text", "uri": // the patterns of their schemas cannot tell everything that is not seen
		if !PlainText(text) {
			return nil, false
		}
	}
	return normalised(input.Type, text), true
}

// maxNumber bounds how long a number may be written, and maxExponent its exponent: to compare 1e999999 exactly takes a
// validator longer than an answer may.
const (
	maxNumber   = 64
	maxExponent = 3
)

// plainNumbers reports whether every number in a JSON value is written within bounds.
func plainNumbers(value any) bool {
	switch v := value.(type) {
	case json.Number:
		text := v.String()
		exponent := strings.IndexAny(text, "eE")
		return len(text) <= maxNumber && (exponent < 0 || len(strings.TrimLeft(text[exponent+1:], "+-0")) <= maxExponent)
	case []any:
		return !slices.ContainsFunc(v, func(item any) bool { return !plainNumbers(item) })
	case map[string]any:
		for _, item := range v {
			if !plainNumbers(item) {
				return false
			}
		}
	}
	return true
}

func wholeNumber(number json.Number) (any, bool) {
	if whole, err := number.Int64(); err == nil {
		return whole, true
	}
	float, err := number.Float64()
	if err != nil || float != float64(int64(float)) {
		return nil, false
	}
	return int64(float), true
}

func recordsOf(fields []InputSource, value any) (any, bool) {
	items, ok := value.([]any)
	if !ok {
		return nil, false
	}
	records := make([]any, 0, len(items))
	for _, item := range items {
		record, ok := objectOf(fields, item)
		if !ok {
			return nil, false
		}
		records = append(records, record)
	}
	return records, true
}

func objectOf(fields []InputSource, value any) (any, bool) {
	given, ok := value.(map[string]any)
	if !ok {
		return nil, false
	}
	object := map[string]any{}
	for _, field := range fields {
		item, ok := given[field.Name]
		if !ok {
			continue
		}
		if object[field.Name], ok = keptValue(field, item); !ok {
			return nil, false
		}
	}
	return object, true
}

func escapePointer(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}
