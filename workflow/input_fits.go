package workflow

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"hejnal/workflow/calendar"
)

// fits reports whether values are plainly what the inputs ask for. It says yes only where the JSON Schema of the inputs does,
// and spares the schema's validator, which costs more than the rest of a decision; where it says no, the validator judges,
// and says what is wrong.
func fits(inputs []InputSource, codes map[string][]Code, values map[string]any) bool {
	known := 0
	for i := range inputs {
		value, given := values[inputs[i].Name]
		if !given {
			if !inputs[i].Optional {
				return false
			}
			continue
		}
		if !fitsType(&inputs[i], codes, value) {
			return false
		}
		known++
	}
	return known == len(values)
}

func fitsType(input *InputSource, codes map[string][]Code, value any) bool {
	switch value := value.(type) {
	case json.Number:
		return input.Type == "int" && isPlainInt(string(value))
	case string:
		return fitsText(input, codes, value)
	case []any:
		return fitsList(input, codes, value)
	case map[string]any:
		return input.Type == "object" && fits(input.Fields, codes, value)
	}
	return false
}

// isPlainInt reports whether a number is written in digits alone and lies within bounds.
func isPlainInt(text string) bool {
	return len(text) > 0 && len(text) < len("1000000000") && strings.Trim(text, "0123456789") == ""
}

func fitsText(input *InputSource, codes map[string][]Code, text string) bool {
	switch input.Type {
	case "text":
		return text != "" && PlainText(text) && (len(text) <= MaxText || utf8.RuneCountInString(text) <= MaxText)
	case "date":
		_, err := calendar.Parse(text)
		return err == nil
	case "code", "choice":
		return slices.ContainsFunc(valuesOf(*input, codes), func(known Code) bool { return known.ID == text })
	}
	return false
}

func fitsList(input *InputSource, codes map[string][]Code, items []any) bool {
	if len(items) == 0 || input.Type != "records" || len(items) > maxRecords {
		return false
	}
	for _, item := range items {
		record, ok := item.(map[string]any)
		if !ok || !fits(input.Fields, codes, record) {
			return false
		}
	}
	return true
}

// plainValue reads a JSON text, without escapes, or whole number; false is for everything else.
func plainValue(raw json.RawMessage) (any, bool) {
	if len(raw) >= 2 && raw[0] == '"' && raw[len(raw)-1] == '"' {
		text := raw[1 : len(raw)-1]
		for _, letter := range text {
			if letter < ' ' || letter == '"' || letter == '\\' {
				return nil, false
			}
		}
		return string(text), utf8.Valid(text)
	}
	number := string(raw)
	return json.Number(number), isPlainInt(number) && (number[0] != '0' || number == "0")
}
