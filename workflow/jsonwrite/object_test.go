package jsonwrite_test

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hejnal/workflow/jsonwrite"
)

// all is a value of every kind that an object can have.
type all struct {
	Text    string            `json:"text"`
	Left    string            `json:"left,omitempty"`
	Null    *string           `json:"null"`
	Number  int64             `json:"number"`
	Flag    bool              `json:"flag,omitempty"`
	At      time.Time         `json:"at"`
	Within  within            `json:"within"`
	Members map[string]string `json:"members,omitempty"`
	Texts   []string          `json:"texts"`
	Raw     json.RawMessage   `json:"raw"`
	Other   []any             `json:"other"`
}

type within struct {
	A string `json:"a"`
	B string `json:"<b>"`
}

func (a all) written(html bool) ([]byte, error) {
	o := jsonwrite.Begin(nil, html)
	o.Text("text", a.Text)
	o.TextOr("left", a.Left, "")
	null := ""
	if a.Null != nil {
		null = *a.Null
	}
	o.TextOr("null", null, "null")
	o.Number("number", a.Number)
	o.Flag("flag", a.Flag)
	o.Moment("at", a.At)
	o.Open("within")
	o.Text("a", a.Within.A)
	o.Text("<b>", a.Within.B)
	o.Close()
	jsonwrite.Map(&o, "members", a.Members, (*jsonwrite.Object).Text)
	o.Texts("texts", a.Texts)
	o.Raw("raw", a.Raw)
	o.Value("other", a.Other)
	return o.End()
}

func TestAnObjectIsWrittenAsEncodingJSONWritesIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "Współpraca", "<a> & \"b\"\\\n", "\u2028", "\xff", "ą\xe2\x80\xa9ż", "\x7f"}))
		a := all{
			Text: text.Draw(t, "text"), Left: text.Draw(t, "left"), Number: rapid.Int64().Draw(t, "number"), Flag: rapid.Bool().Draw(t, "flag"),
			At:      time.UnixMicro(rapid.Int64Range(-62_135_596_800_000_000, 253_402_300_799_999_999).Draw(t, "at")).UTC(),
			Within:  within{text.Draw(t, "a"), text.Draw(t, "b")},
			Members: rapid.MapOfN(rapid.String(), text, 0, 20).Draw(t, "members"), Raw: rapid.SampledFrom([]json.RawMessage{nil, json.RawMessage(`{"a" : [1, "ą"]}`), json.RawMessage(`"<b> & \u2028"`), json.RawMessage("[ ]")}).Draw(t, "raw"), Other: []any{text.Draw(t, "other"), 1.5, nil},
		}
		if null := text.Draw(t, "null"); null != "" {
			a.Null = &null
		}
		if rapid.Bool().Draw(t, "has texts") {
			a.Texts = rapid.SliceOf(text).Draw(t, "texts")
		}
		if quoted, err := json.Marshal(a.Text); err != nil || !bytes.Equal(jsonwrite.AppendText(nil, a.Text, true), quoted) {
			t.Errorf("%q alone is not %s", a.Text, quoted)
		}
		html := rapid.Bool().Draw(t, "html")
		var want bytes.Buffer
		encoder := json.NewEncoder(&want)
		encoder.SetEscapeHTML(html)
		if err := encoder.Encode(a); err != nil {
			t.Fatal(err)
		}
		got, err := a.written(html)
		if err != nil || string(got)+"\n" != want.String() {
			t.Errorf("%v, html %v:\nwant %sgot  %s", err, html, &want, got)
		}
	})
}

func TestWhatJSONCannotTellIsAnError(t *testing.T) {
	for name, add := range map[string]func(*jsonwrite.Object){
		"a number that is none":         func(o *jsonwrite.Object) { o.Value("x", math.NaN()) },
		"a moment after the year 9999":  func(o *jsonwrite.Object) { o.Moment("x", time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)) },
		"a raw value that is not JSON":  func(o *jsonwrite.Object) { o.Value("x", json.RawMessage("{")) },
		"raw text that is not JSON":     func(o *jsonwrite.Object) { o.Raw("x", json.RawMessage("{")) },
		"an error before what is right": func(o *jsonwrite.Object) { o.Value("x", math.Inf(1)); o.Text("y", "") },
	} {
		t.Run(name, func(t *testing.T) {
			o := jsonwrite.Begin(nil, false)
			add(&o)
			if text, err := o.End(); err == nil {
				t.Errorf("it is written as %s", text)
			}
		})
	}
}
