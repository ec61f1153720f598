package events_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"hejnal/events"
)

func TestEveryTypeHasASchemaThatItsSampleFollows(t *testing.T) {
	types, err := events.Types(events.Subjects{})
	if err != nil {
		t.Fatal(err)
	}
	if len(types) != 5 {
		t.Fatalf("%d types", len(types))
	}
	for _, eventType := range types {
		t.Run(eventType.Name, func(t *testing.T) {
			schema := compile(t, eventType)
			if err := schema.Validate(decode(t, eventType.Sample)); err != nil {
				t.Error(err)
			}
			if schema.Validate(decode(t, []byte(`{"unknown":1}`))) == nil {
				t.Error("the schema asks for nothing")
			}
			sample, ok := decode(t, eventType.Sample).(map[string]any)
			if !ok {
				t.Fatal("the sample is no object")
			}
			sample["added_later"] = true
			if err := schema.Validate(sample); err != nil {
				t.Errorf("a field more breaks readers: %v", err)
			}
		})
	}
}

func TestEveryExampleIsAnEventOfItsType(t *testing.T) {
	types, err := events.Types(events.Subjects{})
	if err != nil {
		t.Fatal(err)
	}
	for _, eventType := range types {
		t.Run(eventType.Name, func(t *testing.T) {
			published, err := eventType.Example()
			if err != nil {
				t.Fatal(err)
			}
			var event struct {
				SpecVersion, Type, DataSchema, Sequence string
				Data                                    json.RawMessage
			}
			if err := json.Unmarshal(published, &event); err != nil {
				t.Fatal(err)
			}
			if event.SpecVersion != "1.0" || event.Type != eventType.Name || event.DataSchema != eventType.DataSchema || event.Sequence == "" {
				t.Errorf("%+v", event)
			}
			if err := compile(t, eventType).Validate(decode(t, event.Data)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestPatternsCoverTheSubjectsOfTheirType(t *testing.T) {
	s := events.Subjects{Prefix: "a.b", PublicPrefix: "a.c"}
	types, err := events.Types(s)
	if err != nil {
		t.Fatal(err)
	}
	build := map[events.Kind]func() (string, error){
		events.KindTransition: func() (string, error) { return s.Transition("f", "e", "p") },
		events.KindTask:       func() (string, error) { return s.Task("r", "opened", "f", "p") },
		events.KindDocument:   func() (string, error) { return s.DocumentAttached("f", "p") },
		events.KindAdmin:      func() (string, error) { return s.Admin("e") },
		events.KindPublic:     func() (string, error) { return s.Public("f", "e", "p") },
	}
	for _, eventType := range types {
		for kind, subjectOf := range build {
			subject, err := subjectOf()
			if err != nil {
				t.Fatal(err)
			}
			if got := events.Within([]string{eventType.Pattern}, subject); got != (kind == eventType.Kind) {
				t.Errorf("%s covers %s: %t", eventType.Pattern, subject, got)
			}
		}
	}
}

func compile(t *testing.T, eventType events.Type) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(eventType.DataSchema, decode(t, eventType.Schema)); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(eventType.DataSchema)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func decode(t *testing.T, text []byte) any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return value
}
