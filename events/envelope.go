package events

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"
)

// ContentType is the media type of a published event.
const ContentType = "application/cloudevents+json"

const (
	timeLayout     = "2006-01-02T15:04:05.000000Z"
	sequenceKey    = `{"sequence":"`
	sequenceDigits = 20
	sequenceLen    = len(sequenceKey) + sequenceDigits + len(`",`)
)

// Envelope is one CloudEvents 1.0 event in structured JSON, without its
// position. ID, Source, Type, Time and Data are required; Subject, DataSchema
// and TraceParent are left out of the text when empty.
type Envelope struct {
	ID          string
	Source      string
	Type        string
	Subject     string
	Time        time.Time
	DataSchema  string
	TraceParent string // W3C trace context of the request that made the change
	Data        any    // written as JSON; a json.RawMessage is JSON already
}

// Stored returns the stored text: one line of JSON with its fields in a fixed
// order, the time in UTC with microseconds, and data without white space.
// Hashes and proofs cover exactly these bytes.
func (e Envelope) Stored() ([]byte, error) {
	switch {
	case e.ID == "" || e.Source == "" || e.Type == "":
		return nil, errors.New("encode event: id, source and type are required")
	case e.Time.IsZero():
		return nil, errors.New("encode event: time is required")
	case e.Data == nil:
		return nil, errors.New("encode event: data is required")
	}
	text := bytes.NewBuffer(make([]byte, 0, ordinaryLen))
	text.WriteString(`{"specversion":"1.0"`)
	for _, attribute := range []struct {
		name, value string
		always      bool
	}{
		{"id", e.ID, true},
		{"source", e.Source, true},
		{"type", e.Type, true},
		{"subject", e.Subject, false},
		{"time", e.Time.UTC().Format(timeLayout), true},
		{"datacontenttype", "application/json", true},
		{"dataschema", e.DataSchema, false},
		{"traceparent", e.TraceParent, false},
	} {
		if attribute.always || attribute.value != "" {
			text.WriteString(`,"` + attribute.name + `":`)
			writeText(text, attribute.value)
		}
	}
	text.WriteString(`,"data":`)
	if appender, ok := e.Data.(appender); ok {
		data, err := appender.AppendJSON(text.Bytes())
		if err != nil {
			return nil, fmt.Errorf("encode event: %w", err)
		}
		return append(data, '}'), nil
	}
	if err := writePlain(text, e.Data); err != nil {
		return nil, fmt.Errorf("encode event: data is not JSON: %w", err)
	}
	text.WriteByte('}')
	return text.Bytes(), nil
}

// appender is data that writes itself.
type appender interface {
	// AppendJSON writes one line of JSON behind the text, without escapes that only HTML needs.
	AppendJSON(text []byte) ([]byte, error)
}

// ordinaryLen is more than an ordinary event has.
const ordinaryLen = 1536

// writePlain writes a value as JSON without escapes that only HTML needs.
func writePlain(to *bytes.Buffer, value any) error {
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	to.Truncate(max(to.Len()-len("\n"), 0))
	return err
}

// writeText writes a JSON text without escapes that only HTML needs.
func writeText(to *bytes.Buffer, value string) {
	for i := range len(value) {
		if letter := value[i]; letter < ' ' || letter >= utf8.RuneSelf || letter == '"' || letter == '\\' {
			_ = writePlain(to, value) // a text always encodes
			return
		}
	}
	to.WriteByte('"')
	to.WriteString(value)
	to.WriteByte('"')
}

// Published returns the text that leaves the building: the stored text with
// its position, 20 digits, as the first attribute. It allocates; stored is not
// changed. A text that Stored did not make is not checked here.
func Published(stored []byte, pos int64) []byte {
	out := make([]byte, 0, len(stored)+sequenceLen-1)
	out = fmt.Appendf(out, `%s%0*d",`, sequenceKey, sequenceDigits, pos)
	return append(out, bytes.TrimPrefix(stored, []byte("{"))...)
}

// Split takes a published text apart into the stored text and the position.
func Split(published []byte) (stored []byte, pos int64, err error) {
	if len(published) < sequenceLen || !bytes.HasPrefix(published, []byte(sequenceKey)) {
		return nil, 0, errors.New("read event: it does not begin with its sequence")
	}
	digits := published[len(sequenceKey) : len(sequenceKey)+sequenceDigits]
	n, err := strconv.ParseUint(string(digits), 10, 63)
	if err != nil || !bytes.HasPrefix(published[len(sequenceKey)+sequenceDigits:], []byte(`",`)) {
		return nil, 0, fmt.Errorf("read event: sequence %q is not a position", digits)
	}
	return append([]byte("{"), published[sequenceLen:]...), int64(n), nil
}

// TraceParentOf returns the trace context of a text that Stored made, or an
// empty string. It looks at no more than what stands before the data.
func TraceParentOf(stored []byte) string {
	before, _, _ := bytes.Cut(stored, []byte(`,"data":`))
	_, after, found := bytes.Cut(before, []byte(`,"traceparent":"`))
	if !found {
		return ""
	}
	value, _, _ := bytes.Cut(after, []byte(`"`))
	return string(value)
}
