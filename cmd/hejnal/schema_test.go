package main_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"hejnal/cmd/hejnal/demo"
	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/cmd/hejnal/legacy"
	"hejnal/events"
	"hejnal/store"
	"hejnal/store/sqlite"
	"hejnal/workflow"
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
	for _, record := range walked(t) {
		check(record.Subject, record.Text)
		if record.Public != nil {
			check(record.Public.Subject, record.Public.Text)
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(types)), slices.Sorted(maps.Keys(seen))); diff != "" {
		t.Errorf("not every type of event was seen:\n%s", diff)
	}
}

// walked enters people, a subscriber and the register, takes every sample walk, and answers the journal of it.
func walked(t *testing.T) []store.Record {
	t.Helper()
	kept, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "hejnal.sqlite"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	_, forms, err := installation.LoadForms("")
	if err != nil {
		t.Fatal(err)
	}
	eng, err := installation.Config{}.OpenEngine(t.Context(), kept, forms)
	if err != nil {
		t.Fatal(err)
	}
	if err := eng.AddSubscriber(t.Context(), "council", "", []string{"krakow.cooperation.>"}); err != nil {
		t.Fatal(err)
	}
	walks, people, err := demo.Plan()
	if err != nil {
		t.Fatal(err)
	}
	walker := demo.Walker{Engine: eng, Files: hashes{}}
	for _, person := range people {
		entered, err := eng.AddPerson(t.Context(), engine.NewPerson{Name: person.Name, Roles: person.Roles})
		if err != nil {
			t.Fatal(err)
		}
		walker.People = append(walker.People, entered)
	}
	entries, err := legacy.Krakow()
	if err != nil {
		t.Fatal(err)
	}
	official := engine.Request{By: workflow.Person{ID: walker.People[0].ID, Roles: walker.People[0].Roles}}
	for _, entry := range entries {
		if _, err := eng.ImportLegacy(t.Context(), official, entry); err != nil {
			t.Fatal(err)
		}
	}
	for _, walk := range walks {
		if _, err := walker.Walk(t.Context(), walk); err != nil {
			t.Fatal(err)
		}
	}
	head, err := kept.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	journal, err := kept.After(t.Context(), 0, int(head))
	if err != nil || len(journal) != int(head) {
		t.Fatalf("%d of %d entries: %v", len(journal), head, err)
	}
	return journal
}

// hashes stands for the files of an installation and keeps nothing.
type hashes struct{}

func (hashes) PutText(_ context.Context, text string) (string, int64, error) {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:]), int64(len(text)), nil
}
