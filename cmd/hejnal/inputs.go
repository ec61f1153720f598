package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"hejnal/workflow"
)

// schemaOf finds the JSON Schema of the inputs that an action takes; nil where the case does not offer it.
func schemaOf(actions []workflow.Action, transition string) map[string]any {
	i := slices.IndexFunc(actions, func(a workflow.Action) bool { return a.Transition == transition })
	if i < 0 {
		return nil
	}
	properties, _ := actions[i].Inputs["properties"].(map[string]any)
	return properties
}

// inputsOf reads inputs from a file, and over them those that are written as name=value, by their types in the schema.
// Values of a list are given by repeating the name.
func inputsOf(written []string, file string, stdin io.Reader, schema map[string]any) (map[string]json.RawMessage, error) {
	inputs := map[string]json.RawMessage{}
	if file != "" {
		if err := inputsIn(file, stdin, &inputs); err != nil {
			return nil, err
		}
	}
	given := map[string][]string{}
	var order []string
	for _, text := range written {
		name, value, found := strings.Cut(text, "=")
		if !found || name == "" {
			return nil, &useError{reason: fmt.Sprintf("--input %q is no name=value", text)}
		}
		if given[name] == nil {
			order = append(order, name)
		}
		given[name] = append(given[name], value)
	}
	for _, name := range order {
		property, _ := schema[name].(map[string]any)
		value, err := valueOf(name, given[name], property)
		if err != nil {
			return nil, err
		}
		inputs[name] = value
	}
	return inputs, nil
}

func inputsIn(file string, stdin io.Reader, into *map[string]json.RawMessage) error {
	var text []byte
	var err error
	if file == "-" {
		text, err = io.ReadAll(stdin)
	} else {
		text, err = os.ReadFile(file)
	}
	if err != nil {
		return fmt.Errorf("read inputs: %w", err)
	}
	if err := json.Unmarshal(text, into); err != nil || *into == nil {
		return &useError{reason: fmt.Sprintf("%s holds no JSON object of inputs", file)}
	}
	return nil
}

// valueOf gives what was written for an input as JSON of the type that its schema asks for.
func valueOf(name string, written []string, property map[string]any) (json.RawMessage, error) {
	kind, _ := property["type"].(string)
	if kind != "array" {
		if len(written) > 1 {
			return nil, &useError{reason: fmt.Sprintf("--input %s is given %d times and takes one value", name, len(written))}
		}
		return single(name, written[0], kind)
	}
	if whole := []byte(written[0]); len(written) == 1 && bytes.HasPrefix(whole, []byte("[")) && json.Valid(whole) {
		return whole, nil
	}
	items, _ := property["items"].(map[string]any)
	kind, _ = items["type"].(string)
	values := make([]json.RawMessage, 0, len(written))
	for _, text := range written {
		value, err := single(name, text, kind)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return json.Marshal(values)
}

func single(name, text, kind string) (json.RawMessage, error) {
	misfit := func(wanted string) error {
		return &useError{reason: fmt.Sprintf("--input %s takes %s, not %q", name, wanted, text)}
	}
	switch kind {
	case "integer":
		if _, err := strconv.ParseInt(text, 10, 64); err != nil {
			return nil, misfit("a whole number")
		}
		return json.RawMessage(strings.TrimPrefix(text, "+")), nil
	case "number", "boolean", "object":
		if !json.Valid([]byte(text)) {
			wanted := map[string]string{"number": "a number", "boolean": "true or false", "object": "an object in JSON"}
			return nil, misfit(wanted[kind])
		}
		return json.RawMessage(text), nil
	case "string":
		return json.Marshal(text)
	}
	if json.Valid([]byte(text)) && kind == "" {
		return json.RawMessage(text), nil
	}
	return json.Marshal(text)
}
