package actform

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Command reads a form that was sent as a command. Fields that were left empty are left out, so that the core says what is
// missing. What cannot be read in the way that its type is typed is handed on as it is, so that the core refuses it.
func Command(t *workflow.Transition, action workflow.Action, sent frame.Sent) workflow.Command {
	properties, _ := action.Inputs["properties"].(map[string]any)
	command := workflow.Command{
		Transition: t.ID, Inputs: map[string]json.RawMessage{}, OccurredOn: calendar.Date(strings.TrimSpace(sent.Values.Get(OccurredOn))),
		Comment: strings.TrimSpace(sent.Values.Get(Comment)), Justification: strings.TrimSpace(sent.Values.Get(Justification)),
	}
	for _, input := range t.Inputs {
		property, _ := properties[input.Name].(map[string]any)
		if value := valueOf(input, inputPrefix+input.Name, property, sent); value != nil {
			// What was read from a form always encodes.
			command.Inputs[input.Name], _ = json.Marshal(value)
		}
	}
	return command
}

// Value reads one value as it is typed for an input: a choice by its id or its title too. It is false for what is none of the
// values that the input has.
func Value(input workflow.InputSource, property map[string]any, typed string) (json.RawMessage, bool) {
	typed = idOf(property, strings.TrimSpace(typed))
	options := optionsOf(property)
	known := len(options) == 0 || slices.ContainsFunc(options, func(option frame.Option) bool { return option.Value == typed })
	// What was read from a form always encodes.
	raw, _ := json.Marshal(valueOf(input, "", property, frame.Sent{Values: map[string][]string{"": {typed}}}))
	return raw, known
}

// FieldOf gives the field of a JSON pointer into a command, as the core names what is wrong.
func FieldOf(pointer string) string {
	path, input := strings.CutPrefix(pointer, "/inputs/")
	if !input {
		return strings.TrimPrefix(pointer, "/")
	}
	var parts []string
	for part := range strings.SplitSeq(path, "/") {
		if strings.Trim(part, "0123456789") == "" {
			break // a line of a list
		}
		parts = append(parts, part)
	}
	return inputPrefix + strings.Join(parts, ".")
}

// InLines says of errors in a list of records which lines and which part of them they are about: of each list all in one, because
// a field tells one. Where a part is none of the values that it has, these are told as the form takes them, by their titles.
func InLines(t *workflow.Transition, action workflow.Action, wrong []workflow.FieldError) []workflow.FieldError {
	var located []workflow.FieldError
	lists := map[string]*mistakes{}
	for _, one := range wrong {
		path := strings.Split(strings.TrimPrefix(one.Pointer, "/inputs/"), "/")
		at := slices.IndexFunc(t.Inputs, func(input workflow.InputSource) bool { return input.Name == path[0] })
		if len(path) < 2 || at < 0 {
			located = append(located, one)
			continue
		}
		line, err := strconv.Atoi(path[1])
		if err != nil {
			located = append(located, one)
			continue
		}
		var title workflow.Text
		if len(path) > 2 {
			for _, part := range t.Inputs[at].Fields {
				if part.Name == path[2] {
					title, one.Message = part.Title, inWords(partOf(action.Inputs, path[0], part.Name), one.Message)
				}
			}
		}
		if lists[path[0]] == nil {
			lists[path[0]] = &mistakes{at: len(located)}
			located = append(located, one)
		}
		lists[path[0]].note(line+1, title, one.Message)
	}
	for _, found := range lists {
		located[found.at].Message = found.told()
	}
	return located
}

// partOf is the schema of a part of a list of records.
func partOf(inputs map[string]any, list, part string) map[string]any {
	for _, step := range []string{"properties", list, "items", "properties", part} {
		inputs, _ = inputs[step].(map[string]any)
	}
	return inputs
}

// inWords tells the values that there are by their titles, where a message lists their ids.
func inWords(property map[string]any, message workflow.Text) workflow.Text {
	var ids []string
	options := optionsOf(property)
	for _, option := range options {
		ids = append(ids, option.Value)
	}
	if len(ids) == 0 || message != workflow.OneOf(ids) {
		return message
	}
	titles := titlesOf(options)
	return workflow.Text{PL: "Wpisz jedno z: " + titles.PL + ".", EN: "Write one of: " + titles.EN + "."}
}

// titlesOf are the titles of options, as one would write them in a list.
func titlesOf(options []frame.Option) workflow.Text {
	var pl, en []string
	for _, option := range options {
		pl, en = append(pl, "„"+strings.ToLower(option.Title.PL)+"”"), append(en, "“"+strings.ToLower(option.Title.EN)+"”")
	}
	return workflow.Text{PL: strings.Join(pl, ", "), EN: strings.Join(en, ", ")}
}

// valueOf is the value of an input as JSON has it; nil where nothing was typed.
func valueOf(input workflow.InputSource, name string, property map[string]any, sent frame.Sent) any {
	typed := strings.TrimSpace(sent.Values.Get(name))
	switch input.Type {
	case "object":
		return objectOf(input, name, property, sent)
	case "records":
		return recordsOf(input, property, sent.Values.Get(name))
	case "codes":
		return codesOf(sent.Values[name])
	}
	if typed == "" {
		return nil
	}
	switch input.Type {
	case "int":
		return numberOf(typed)
	case "date":
		return dayOf(typed)
	case "money":
		return strings.ReplaceAll(strings.Join(strings.Fields(typed), ""), ",", ".")
	case "value":
		if json.Valid([]byte(typed)) && !strings.HasPrefix(typed, "0") {
			return json.RawMessage(typed)
		}
	}
	return typed
}

// dayOf is a date as the core writes it, where it was typed as people write it here: 28.11.2026. Anything else stays as it is.
func dayOf(typed string) string {
	day, err := time.Parse("2.1.2006", strings.Join(strings.Fields(typed), ""))
	if err != nil {
		return typed
	}
	return day.Format(time.DateOnly)
}

// numberOf is a whole number, without the spaces that part thousands; anything else stays a text, which the core refuses.
func numberOf(typed string) any {
	digits := strings.Join(strings.Fields(typed), "")
	if digits != "" && len(digits) < 19 && strings.Trim(digits, "0123456789") == "" {
		digits = strings.TrimLeft(digits, "0")
		return json.RawMessage(orZero(digits))
	}
	return typed
}

func orZero(digits string) string {
	if digits == "" {
		return "0"
	}
	return digits
}

func objectOf(input workflow.InputSource, name string, property map[string]any, sent frame.Sent) any {
	parts, _ := property["properties"].(map[string]any)
	object := map[string]any{}
	for _, part := range input.Fields {
		within, _ := parts[part.Name].(map[string]any)
		if value := valueOf(part, name+"."+part.Name, within, sent); value != nil {
			object[part.Name] = value
		}
	}
	if len(object) == 0 {
		return nil
	}
	return object
}

func codesOf(given []string) any {
	var codes []string
	for _, text := range given {
		for code := range strings.SplitSeq(text, ",") {
			if code = strings.TrimSpace(code); code != "" && !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	if len(codes) == 0 {
		return nil
	}
	return codes
}

// recordsOf reads one record a line, its parts separated by semicolons or tabs. A part that has values may be written by its
// id or by its title in either language.
func recordsOf(input workflow.InputSource, property map[string]any, typed string) any {
	items, _ := property["items"].(map[string]any)
	parts, _ := items["properties"].(map[string]any)
	var records []map[string]any
	for line := range strings.Lines(typed) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		record := map[string]any{}
		for i, text := range columns(line, len(input.Fields)) {
			part := input.Fields[i]
			within, _ := parts[part.Name].(map[string]any)
			if value := valueOf(part, "", within, frame.Sent{Values: map[string][]string{"": {idOf(within, text)}}}); value != nil {
				record[part.Name] = value
			}
		}
		records = append(records, record)
	}
	if len(records) == 0 {
		return nil
	}
	return records
}

// columns parts a line into at most as many columns; a comma parts it where nothing else does.
func columns(line string, most int) []string {
	separator := ";"
	switch {
	case strings.Contains(line, "\t"):
		separator = "\t"
	case strings.Contains(line, ";"):
	case strings.Contains(line, ","):
		separator = ","
	}
	found := strings.SplitN(line, separator, most)
	for i := range found {
		found[i] = strings.Trim(strings.TrimSpace(found[i]), `"`)
	}
	return found
}

// idOf is the id of a value that is written by its id or its title, whatever the case and without diacritics; what is neither
// stays as it is.
func idOf(property map[string]any, typed string) string {
	folded := store.Fold(typed)
	for _, option := range optionsOf(property) {
		known := append(written(option.Title.PL), append(written(option.Title.EN), option.Value)...)
		if slices.Contains(known, folded) || slices.Contains(known, plain(folded)) {
			return option.Value
		}
	}
	return typed
}

// written are the ways in which people write a title: "Wstrzymał(a) się" is "wstrzymał się" and "wstrzymała się",
// "Nieobecny(-a)" is "nieobecny" and "nieobecna", and of a title of two parts each part by itself.
func written(title string) []string {
	var ways []string
	for _, part := range append([]string{title}, strings.Split(title, ",")...) {
		folded := store.Fold(part)
		ways = append(ways, plain(folded), plain(strings.NewReplacer("(", "", ")", "").Replace(replacedEnding.ReplaceAllString(folded, "$1"))))
	}
	return ways
}

// replacedEnding is an ending that stands in place of the letter before it: y(-a).
var replacedEnding = regexp.MustCompile(`\pL\(-(\pL+)\)`)

// plain keeps of a title what people type of it: "Wstrzymał(a) się" is also "wstrzymał się".
func plain(title string) string {
	var kept strings.Builder
	depth := 0
	for _, letter := range store.Fold(title) {
		switch {
		case letter == '(':
			depth++
		case letter == ')':
			depth--
		case depth == 0:
			kept.WriteRune(letter)
		}
	}
	return strings.Join(strings.Fields(kept.String()), " ")
}
