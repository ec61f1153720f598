package main_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os/exec"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"hejnal/events"
)

// printed is what hejnal events schema prints of a type.
type printed struct {
	Type, DataSchema, Subjects string
	Schema                     json.RawMessage

	schema *jsonschema.Schema
}

func printedSchemas(t *testing.T) map[string]printed {
	t.Helper()
	text, err := exec.CommandContext(t.Context(), "hejnal", "events", "schema").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []printed
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	types := map[string]printed{}
	for _, one := range all {
		one.schema = compiled(t, one)
		types[one.Type] = one
	}
	return types
}

func compiled(t *testing.T, p printed) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(p.DataSchema, instance(t, p.Schema)); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(p.DataSchema)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func instance(t *testing.T, text []byte) any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestEveryEventOfTheSampleWalksFollowsTheSchemaThatIsPrinted(t *testing.T) {
	types, seen := printedSchemas(t), map[string]bool{}
	check := func(subject string, text []byte) {
		var event struct {
			Type, DataSchema string
			Data             json.RawMessage
		}
		if err := json.Unmarshal(text, &event); err != nil {
			t.Fatal(err)
		}
		kind, known := types[event.Type]
		if !known || event.DataSchema != kind.DataSchema || !events.Within([]string{kind.Subjects}, subject) {
			t.Fatalf("the event on %s is %s by %s, of which nothing is printed", subject, event.Type, event.DataSchema)
		}
		seen[event.Type] = true
		if err := kind.schema.Validate(instance(t, event.Data)); err != nil {
			t.Fatalf("%s\n%s\n%v", subject, event.Data, err)
		}
	}
	for _, record := range whole(t, walked(t)) {
		check(record.Subject, record.Text)
		if record.Public != nil {
			check(record.Public.Subject, record.Public.Text)
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(types)), slices.Sorted(maps.Keys(seen))); diff != "" {
		t.Errorf("not every type of event was seen:\n%s", diff)
	}
}
