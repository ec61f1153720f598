package events_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hejnal/events"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func full() events.Envelope {
	return events.Envelope{
		ID: "01998f6e-0000-7000-8000-000000000001", Source: "urn:hejnal:krakow", Type: "pl.krakow.cooperation.transition.v1",
		Subject: "01998f6e-0000-7000-8000-0000000000aa", Time: time.Date(2026, 11, 22, 9, 30, 0, 123456789, time.FixedZone("", 3600)),
		DataSchema: "urn:hejnal:schema:transition:1", TraceParent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
		Data: json.RawMessage(`{ "title": "Kraków – Norymberga <&>", "seq": 1 }`),
	}
}

func TestTheTextsOfAnEventStayAsTheyAre(t *testing.T) {
	bare := full()
	bare.Subject, bare.DataSchema, bare.TraceParent, bare.Data = "", "", "", json.RawMessage(`null`)
	for name, envelope := range map[string]events.Envelope{"full": full(), "bare": bare} {
		t.Run(name, func(t *testing.T) {
			stored, err := envelope.Stored()
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".stored.json", stored)
			golden(t, name+".published.json", events.Published(stored, 42))
		})
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", name, diff)
	}
}

func TestAnIncompleteEventIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*events.Envelope){
		"no id":             func(e *events.Envelope) { e.ID = "" },
		"no source":         func(e *events.Envelope) { e.Source = "" },
		"no type":           func(e *events.Envelope) { e.Type = "" },
		"no time":           func(e *events.Envelope) { e.Time = time.Time{} },
		"no data":           func(e *events.Envelope) { e.Data = nil },
		"data that is text": func(e *events.Envelope) { e.Data = json.RawMessage(`{"a":`) },
	} {
		t.Run(name, func(t *testing.T) {
			e := full()
			spoil(&e)
			if text, err := e.Stored(); err == nil {
				t.Errorf("stored as %s", text)
			}
		})
	}
}

func TestAPublishedEventIsTheStoredOneAndItsPosition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data, err := json.Marshal(rapid.MapOf(rapid.String(), rapid.String()).Draw(t, "data"))
		if err != nil {
			t.Fatal(err)
		}
		text := rapid.StringMatching(`.{1,40}`)
		e := events.Envelope{
			ID: text.Draw(t, "id"), Source: text.Draw(t, "source"), Type: text.Draw(t, "type"), Subject: rapid.String().Draw(t, "subject"),
			Time: time.UnixMicro(rapid.Int64Range(0, 4e15).Draw(t, "time")), TraceParent: rapid.String().Draw(t, "trace"), Data: data,
		}
		stored, err := e.Stored()
		if err != nil {
			t.Fatal(err)
		}
		before := bytes.Clone(stored)
		pos := rapid.Int64Range(1, 1<<62).Draw(t, "pos")
		published := events.Published(stored, pos)
		if !bytes.Equal(before, stored) {
			t.Fatal("the stored text was changed")
		}
		var decoded struct {
			Sequence, Time string
			Data           json.RawMessage
		}
		if err := json.Unmarshal(published, &decoded); err != nil || len(decoded.Sequence) != 20 {
			t.Fatalf("sequence %q: %v", decoded.Sequence, err)
		}
		if at, err := time.Parse(time.RFC3339Nano, decoded.Time); err != nil || !at.Equal(e.Time) {
			t.Fatalf("time %q, %v", decoded.Time, err)
		}
		back, got, err := events.Split(published)
		if err != nil || got != pos || !bytes.Equal(back, stored) {
			t.Fatalf("split into %d and %s: %v", got, back, err)
		}
	})
}

func FuzzSplit(f *testing.F) {
	stored, err := full().Stored()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(events.Published(stored, 7))
	f.Add(stored)
	f.Add([]byte(`{"sequence":"-0000000000000000001",}`))
	f.Add([]byte(`{"sequence":"00000000000000000001"}`))
	f.Fuzz(func(t *testing.T, published []byte) {
		stored, pos, err := events.Split(published)
		if err != nil {
			return
		}
		if again := events.Published(stored, pos); !bytes.Equal(again, published) {
			t.Errorf("%q became %q", published, again)
		}
	})
}

func FuzzAStoredEventIsWrittenAsEncodingJSONWouldWriteIt(f *testing.F) {
	f.Add("urn:hejnal:krakow", "01998f6e", `{ "a" : [1, "<&>"] }`)
	f.Add("a\"b\\c\n", "ą\u2028\x7f", `"x"`)
	f.Add("\xff", "", `{`)
	f.Fuzz(func(t *testing.T, source, subject, data string) {
		envelope := full()
		envelope.Source, envelope.Subject, envelope.Data = source, subject, json.RawMessage(data)
		got, err := envelope.Stored()
		if source == "" || !json.Valid([]byte(data)) {
			if err == nil {
				t.Errorf("%q and %q made an event", source, data)
			}
			return
		}
		var want bytes.Buffer
		encoder := json.NewEncoder(&want)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(struct {
			SpecVersion     string          `json:"specversion"`
			ID              string          `json:"id"`
			Source          string          `json:"source"`
			Type            string          `json:"type"`
			Subject         string          `json:"subject,omitempty"`
			Time            string          `json:"time"`
			DataContentType string          `json:"datacontenttype"`
			DataSchema      string          `json:"dataschema,omitempty"`
			TraceParent     string          `json:"traceparent,omitempty"`
			Data            json.RawMessage `json:"data"`
		}{
			"1.0", envelope.ID, source, envelope.Type, subject, "2026-11-22T08:30:00.123456Z", "application/json",
			envelope.DataSchema, envelope.TraceParent, json.RawMessage(data),
		}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), string(got)+"\n"); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	})
}
