package workflow

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"hejnal/workflow/calendar"
)

// MaxText is how long a text that is an input, or the reason of two readings, may be, in characters.
const MaxText = 2_000

// Bounds of inputs; every one is part of the JSON Schema that is served.
const (
	maxURI     = 2_000
	maxInt     = 1_000_000_000
	maxRecords = 200
	maxCodes   = 50
	maxRaw     = 256 << 10 // bytes of all inputs of a command
	maxErrors  = 50        // reported at once
)

const (
	codePattern       = `^[A-Za-z0-9_-]{1,64}$`
	moneyPattern      = `^[0-9]{1,15}([.][0-9]{1,2})?$`
	resolutionPattern = `^\s*([IVXLCDMivxlcdm]{1,15}|[0-9]{1,4})\s*/\s*[0-9]{1,5}\s*/\s*([0-9]{2}|[0-9]{4})\s*$`
)

// schema is the JSON Schema of a transition's inputs, and what validates them.
type schema struct {
	inputs   []InputSource
	codes    map[string][]Code
	examples map[string][]*example // by input
	compiled func() (*jsonschema.Schema, error)
}

func newSchema(inputs []InputSource, codes map[string][]Code, examples map[string][]*example) *schema {
	s := &schema{inputs: inputs, codes: codes, examples: examples}
	s.compiled = sync.OnceValues(s.compile)
	return s
}

func (s *schema) compile() (*jsonschema.Schema, error) {
	text, err := json.Marshal(objectSchema(s.inputs, s.codes, nil))
	if err != nil {
		return nil, fmt.Errorf("write schema of inputs: %w", err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("read schema of inputs: %w", err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("urn:hejnal:inputs", document); err != nil {
		return nil, fmt.Errorf("add schema of inputs: %w", err)
	}
	compiled, err := compiler.Compile("urn:hejnal:inputs")
	if err != nil {
		return nil, fmt.Errorf("compile schema of inputs: %w", err)
	}
	return compiled, nil
}

// objectSchema writes the schema of one object; examples (may be nil) gives the examples of an input.
func objectSchema(inputs []InputSource, codes map[string][]Code, examples func(string) []any) map[string]any {
	properties := map[string]any{}
	required := []string{}
	for _, input := range inputs {
		property := inputSchema(input, codes)
		if examples != nil {
			if shown := examples(input.Name); len(shown) > 0 {
				property["examples"] = shown
			}
		}
		properties[input.Name] = property
		if !input.Optional {
			required = append(required, input.Name)
		}
	}
	return map[string]any{
		"type": "object", "properties": properties, "required": required, "additionalProperties": false,
	}
}

func inputSchema(input InputSource, codes map[string][]Code) map[string]any {
	property := typeSchema(input, codes)
	if !input.Title.IsZero() {
		property["title"] = input.Title.PL
		property["x-title"] = input.Title
	}
	if !input.Help.IsZero() {
		property["description"] = input.Help.PL
		property["x-help"] = input.Help
	}
	if input.Personal || input.Type == "value" {
		property["x-personal"] = true
	}
	return property
}

func typeSchema(input InputSource, codes map[string][]Code) map[string]any {
	switch input.Type {
	case "int":
		return map[string]any{"type": "integer", "minimum": 0, "maximum": maxInt}
	case "date":
		return map[string]any{"type": "string", "format": "date"}
	case "money":
		return map[string]any{"type": "string", "pattern": moneyPattern}
	case "uri":
		return map[string]any{"type": "string", "format": "uri", "pattern": `^https?://[^\s]+$`, "maxLength": maxURI}
	case "code", "choice":
		return codeSchema(input, codes)
	case "codes":
		return map[string]any{"type": "array", "items": codeSchema(input, codes), "minItems": 1, "maxItems": maxCodes, "uniqueItems": true}
	case "object":
		return objectSchema(input.Fields, codes, nil)
	case "records":
		return map[string]any{"type": "array", "items": objectSchema(input.Fields, codes, nil), "minItems": 1, "maxItems": maxRecords}
	case "resolution_number":
		return map[string]any{"type": "string", "pattern": resolutionPattern, "maxLength": 40}
	case "transition":
		return map[string]any{"type": "string", "format": "uuid"}
	case "pointer":
		return map[string]any{"type": "string", "pattern": `^(/[^/]+)+$`, "maxLength": 200}
	case "value":
		return map[string]any{}
	}
	return map[string]any{"type": "string", "minLength": 1, "maxLength": MaxText, "pattern": plainPattern}
}

func codeSchema(input InputSource, codes map[string][]Code) map[string]any {
	values := valuesOf(input, codes)
	if len(values) == 0 {
		return map[string]any{"type": "string", "pattern": codePattern}
	}
	ids, titles := make([]any, len(values)), map[string]Text{}
	for i, value := range values {
		ids[i] = value.ID
		titles[value.ID] = value.Title
	}
	return map[string]any{"type": "string", "enum": ids, "x-values": titles}
}

func valuesOf(input InputSource, codes map[string][]Code) []Code {
	if input.List != "" {
		return codes[input.List]
	}
	return input.Values
}

// shown writes the schema with the examples of the day on which it is shown.
func (s *schema) shown(v *view) map[string]any {
	return objectSchema(s.inputs, s.codes, func(name string) []any { return s.examplesOf(name, v) })
}

func (s *schema) examplesOf(name string, v *view) []any {
	var values []any
	for _, example := range s.examples[name] {
		if value := example.value(v); value != nil {
			values = append(values, value)
		}
	}
	return values
}

// example is one example of an input: a constant, or an expression evaluated on the day it is shown.
type example struct {
	constant   any
	expression *Expression
}

func (e *example) value(v *view) any {
	if e.expression == nil {
		return e.constant
	}
	value, err := e.expression.eval(v)
	if err != nil {
		return nil
	}
	return value.Value()
}

// firstExamples are the first examples of the required inputs, as raw JSON.
func (s *schema) firstExamples(v *view) map[string]json.RawMessage {
	raw := map[string]json.RawMessage{}
	for _, input := range s.inputs {
		shown := s.examplesOf(input.Name, v)
		if input.Optional || len(shown) == 0 {
			continue
		}
		text, err := json.Marshal(shown[0])
		if err != nil {
			continue
		}
		raw[input.Name] = text
	}
	return raw
}

// normalised brings an input into the one form in which it is kept.
func normalised(kind string, text string) string {
	switch kind {
	case "resolution_number":
		if number, ok := ParseResolutionNumber(text); ok {
			return number.String()
		}
	case "date":
		if day, err := calendar.Parse(text); err == nil {
			return string(day)
		}
	case "text":
		return strings.TrimSpace(text)
	}
	return text
}
