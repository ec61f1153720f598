package actform

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

// Names of the fields that every form of an act has besides its inputs.
const (
	OccurredOn    = "occurred_on"
	Comment       = "comment"
	Justification = "justification"
)

const (
	inputPrefix = "in."
	fewOptions  = 6  // as many are seen all at once
	shortText   = 40 // characters of an example of one line
	maxText     = 2_000
	maxRemark   = 4_000
)

// Fields are the fields of an act's inputs, in the order of the definition. The action is the one that the engine explains
// for the transition: its schema says which values there are, and what they look like.
func Fields(t *workflow.Transition, action workflow.Action) []frame.Field {
	properties, _ := action.Inputs["properties"].(map[string]any)
	var fields []frame.Field
	for _, input := range t.Inputs {
		property, _ := properties[input.Name].(map[string]any)
		fields = append(fields, fieldsOf(input, inputPrefix+input.Name, property, input.Optional)...)
	}
	return fields
}

// fieldsOf are the fields of one input: of an object those of its parts.
func fieldsOf(input workflow.InputSource, name string, property map[string]any, optional bool) []frame.Field {
	if input.Type != "object" {
		return []frame.Field{fieldOf(input, name, property, optional)}
	}
	parts, _ := property["properties"].(map[string]any)
	var fields []frame.Field
	for _, part := range input.Fields {
		within, _ := parts[part.Name].(map[string]any)
		for _, field := range fieldsOf(part, name+"."+part.Name, within, optional || part.Optional) {
			field.Hint = joined(input.Title, field.Hint)
			fields = append(fields, field)
		}
	}
	return fields
}

func fieldOf(input workflow.InputSource, name string, property map[string]any, optional bool) frame.Field {
	field := frame.Field{Name: name, Label: input.Title, Hint: input.Help, Optional: optional, Kind: frame.Line}
	if field.Label.IsZero() {
		field.Label = workflow.Text{PL: input.Name, EN: input.Name}
	}
	example := exampleOf(property)
	switch input.Type {
	case "int":
		field.Kind = frame.Number
	case "date":
		field.Kind, example = frame.Date, ""
	case "code", "choice":
		if field.Options = optionsOf(property); len(field.Options) > 0 {
			field.Kind, example = kindOf(len(field.Options)), ""
		}
	case "codes":
		items, _ := property["items"].(map[string]any)
		if field.Options = optionsOf(items); len(field.Options) > 0 {
			field.Kind, example = frame.Ticks, ""
		} else {
			field.Hint = joined(field.Hint, workflow.Text{PL: "Kody oddzielone przecinkami.", EN: "Codes separated by commas."})
		}
	case "records":
		field.Kind, field.Rows, example = frame.Area, 8, ""
		field.Hint = joined(field.Hint, recordsHint(input, property))
	case "text", "value":
		field.Most = maxText
		if utf8.RuneCountInString(example) > shortText || example == "" {
			field.Kind = frame.Area
		}
	}
	if example != "" {
		field.Hint = joined(field.Hint, workflow.Text{PL: "Na przykład: " + example, EN: "For example: " + example})
	}
	return field
}

func kindOf(options int) string {
	if options > fewOptions {
		return frame.Select
	}
	return frame.Choice
}

// Example is the first example of an input of an act, as one would type it; empty where it has none.
func Example(action workflow.Action, input string) string {
	properties, _ := action.Inputs["properties"].(map[string]any)
	property, _ := properties[input].(map[string]any)
	return exampleOf(property)
}

// exampleOf is the first example of an input, as one would type it; empty where it has none.
func exampleOf(property map[string]any) string {
	examples, _ := property["examples"].([]any)
	if len(examples) == 0 {
		return ""
	}
	switch example := examples[0].(type) {
	case string:
		return example
	case []any:
		var parts []string
		for _, part := range example {
			parts = append(parts, fmt.Sprint(part))
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		return ""
	default:
		return fmt.Sprint(example)
	}
}

// optionsOf are the values that a schema allows, with their titles.
func optionsOf(property map[string]any) []frame.Option {
	ids, _ := property["enum"].([]any)
	titles, _ := property["x-values"].(map[string]workflow.Text)
	var options []frame.Option
	for _, id := range ids {
		value := fmt.Sprint(id)
		title, ok := titles[value]
		if !ok {
			title = workflow.Text{PL: value, EN: value}
		}
		options = append(options, frame.Option{Value: value, Title: title})
	}
	return options
}

// recordsHint says how a list of records is pasted, and which words its parts take.
func recordsHint(input workflow.InputSource, property map[string]any) workflow.Text {
	items, _ := property["items"].(map[string]any)
	parts, _ := items["properties"].(map[string]any)
	var pl, en []string
	var words workflow.Text
	for _, part := range input.Fields {
		pl, en = append(pl, strings.ToLower(part.Title.PL)), append(en, strings.ToLower(part.Title.EN))
		within, _ := parts[part.Name].(map[string]any)
		if options := optionsOf(within); len(options) > 0 {
			titles := titlesOf(options)
			words = joined(words, workflow.Text{PL: part.Title.PL + ": " + titles.PL + ".", EN: part.Title.EN + ": " + titles.EN + "."})
		}
	}
	return joined(workflow.Text{
		PL: "Jeden wpis w wierszu: " + strings.Join(pl, "; ") + ". Można wkleić z arkusza.",
		EN: "One entry a line: " + strings.Join(en, "; ") + ". It can be pasted from a spreadsheet.",
	}, words)
}

// joined puts two sentences behind one another.
func joined(first, second workflow.Text) workflow.Text {
	if first.IsZero() {
		return second
	}
	if second.IsZero() {
		return first
	}
	return workflow.Text{PL: ended(first.PL) + second.PL, EN: ended(first.EN) + second.EN}
}

func ended(sentence string) string {
	if strings.HasSuffix(sentence, ".") {
		return sentence + " "
	}
	return sentence + ". "
}
