package events

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"time"
)

// Types of event, as they stand in the attribute "type". A change that breaks a
// reader gets a new type beside the old one.
const (
	TypeTransition = "pl.krakow.cooperation.transition.v1"
	TypeTask       = "pl.krakow.cooperation.task.v1"
	TypeDocument   = "pl.krakow.cooperation.document.v1"
	TypeAdmin      = "pl.krakow.cooperation.admin.v1"
	TypePublic     = "pl.krakow.cooperation.public.v1"
)

//go:embed schemas/*.json
var schemas embed.FS

// Type describes one type of event.
type Type struct {
	Name       string          // attribute "type"
	Kind       Kind            // what it is about
	DataSchema string          // attribute "dataschema"
	Pattern    string          // of its subjects
	Schema     json.RawMessage // JSON Schema 2020-12 of "data"; unknown fields are allowed
	Sample     json.RawMessage // an example of "data"
}

// Types lists the types of event of a subject space.
func Types(s Subjects) ([]Type, error) {
	types := []Type{
		{Name: TypeTransition, Kind: KindTransition, Pattern: s.prefix() + ".transition.*.*.*"},
		{Name: TypeTask, Kind: KindTask, Pattern: s.prefix() + ".task.*.*.*.*"},
		{Name: TypeDocument, Kind: KindDocument, Pattern: s.prefix() + ".document.attached.*.*"},
		{Name: TypeAdmin, Kind: KindAdmin, Pattern: s.prefix() + ".admin.*"},
		{Name: TypePublic, Kind: KindPublic, Pattern: s.public() + ".*.*.*"},
	}
	for i := range types {
		t := &types[i]
		t.DataSchema = DataSchema(t.Kind)
		var err error
		if t.Schema, err = fs.ReadFile(schemas, "schemas/"+string(t.Kind)+".json"); err != nil {
			return nil, fmt.Errorf("read schema of %s: %w", t.Name, err)
		}
		if t.Sample, err = fs.ReadFile(schemas, "schemas/"+string(t.Kind)+".sample.json"); err != nil {
			return nil, fmt.Errorf("read sample of %s: %w", t.Name, err)
		}
	}
	return types, nil
}

// DataSchema is the name of the schema that the data of a kind follows.
func DataSchema(kind Kind) string { return "urn:hejnal:schema:" + string(kind) + ":1" }

// Example is a published event of the type, as a subscriber would receive it.
func (t Type) Example() ([]byte, error) {
	envelope := Envelope{
		ID: "01998f6e-0000-7000-8000-000000000001", Source: "urn:hejnal:krakow", Type: t.Name,
		Subject: "01998f6e-0000-7000-8000-0000000000aa", Time: time.Date(2026, 11, 22, 8, 30, 0, 123456000, time.UTC),
		DataSchema: t.DataSchema, Data: t.Sample,
	}
	if t.Kind == KindAdmin {
		envelope.Subject = ""
	}
	stored, err := envelope.Stored()
	if err != nil {
		return nil, fmt.Errorf("make an example of %s: %w", t.Name, err)
	}
	return Published(stored, 42), nil
}
