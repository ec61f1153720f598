package workflow_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hejnal/workflow"
)

// anything makes values of a type whose moments and variables JSON can tell.
func anything[V any]() *rapid.Generator[V] {
	texts := rapid.OneOf(rapid.SampledFrom([]string{"", "Współpraca", "<i> & \"\n"}), rapid.String())
	return rapid.MakeCustom[V](rapid.MakeConfig{
		Kinds: map[reflect.Kind]*rapid.Generator[any]{reflect.String: texts.AsAny()},
		Types: map[reflect.Type]*rapid.Generator[any]{
			reflect.TypeFor[time.Time](): rapid.Custom(func(t *rapid.T) time.Time {
				return time.UnixMicro(rapid.Int64Range(0, 4e15).Draw(t, "moment")).UTC()
			}).AsAny(),
			reflect.TypeFor[any](): rapid.OneOf(
				texts.AsAny(), rapid.Bool().AsAny(), rapid.Int64().AsAny(), rapid.SliceOf(texts).AsAny()),
		},
	})
}

func TestAProposalIsWrittenAsEncodingJSONWritesItWithoutItsTasks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anything[workflow.Proposal]().Draw(t, "proposal")
		got, err := p.AppendJSON([]byte("before "))
		if err != nil {
			t.Fatal(err)
		}
		p.Tasks = nil
		want, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != "before "+string(want) {
			t.Errorf("want %s\ngot  %s", want, got)
		}
	})
}

func BenchmarkAppendJSON(b *testing.B) {
	c := open(b, "twin_city_agreement").Case()
	var text []byte
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if text, err = c.Proposal.AppendJSON(text[:0]); err != nil {
			b.Fatal(err)
		}
	}
}
