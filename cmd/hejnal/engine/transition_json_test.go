package engine_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hejnal/cmd/hejnal/engine"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// told is what a transition event tells, as a reader would write it down.
type told struct {
	workflow.Act
	Pos           *int64                     `json:"pos,omitempty"` // hides Act.Pos
	Form          string                     `json:"form"`
	Number        string                     `json:"number"`
	Title         string                     `json:"title"`
	Party         workflow.Partner           `json:"partner"`
	Stage         string                     `json:"stage"`
	State         string                     `json:"state"`
	Tracks        map[string]string          `json:"tracks"`
	Comment       string                     `json:"comment"`
	Justification string                     `json:"justification"`
	Inputs        map[string]json.RawMessage `json:"inputs"`
}

func TestATransitionIsToldAsEncodingJSONWouldWriteIt(t *testing.T) {
	made := rapid.MakeConfig{Types: map[reflect.Type]*rapid.Generator[any]{
		reflect.TypeFor[calendar.Date]():  rapid.SampledFrom([]calendar.Date{"", "2026-11-28"}).AsAny(),
		reflect.TypeFor[workflow.Actor](): rapid.SampledFrom([]workflow.Actor{{User: "u", Role: workflow.Lawyer}, {User: "u", OnBehalfOf: "v"}}).AsAny(),
		reflect.TypeFor[time.Time](): rapid.Custom(func(t *rapid.T) time.Time {
			return time.UnixMicro(rapid.Int64Range(0, 4e15).Draw(t, "moment")).UTC()
		}).AsAny(),
		reflect.TypeFor[json.RawMessage](): rapid.Custom(func(t *rapid.T) json.RawMessage {
			raw, err := json.Marshal(rapid.String().Draw(t, "input"))
			if err != nil {
				t.Fatal(err)
			}
			return raw
		}).AsAny(),
	}}
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.MakeCustom[told](made).Draw(t, "told")
		p := workflow.Proposal{
			Form: want.Form, Number: want.Number, Title: want.Title, Partner: want.Party, Stage: want.Stage, State: want.State, Tracks: want.Tracks,
		}
		got, err := engine.WriteTransition(&want.Act, &p, want.Comment, want.Justification, want.Inputs)
		if err != nil {
			t.Fatal(err)
		}
		want.Pos = nil
		if want.Tracks == nil {
			want.Tracks = map[string]string{}
		}
		if want.Inputs == nil {
			want.Inputs = map[string]json.RawMessage{}
		}
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(want); err != nil {
			t.Fatal(err)
		}
		if string(got)+"\n" != text.String() {
			t.Errorf("want %sgot  %s", &text, got)
		}
	})
}
