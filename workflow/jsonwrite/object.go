// Package jsonwrite writes JSON objects member by member, byte for byte as encoding/json does, without finding out anew at
// every call what its values look like. It is for what every command writes.
package jsonwrite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Object is an object that is being written. Members stand in the order in which they are added; the first error stays.
type Object struct {
	text []byte
	html bool
	err  error
}

// Begin begins an object behind the text. What HTML would take for its own is escaped where html is set.
func Begin(text []byte, html bool) Object { return Object{text: append(text, '{'), html: html} }

// End ends the object and returns the text with it. Errors: a value that JSON cannot tell.
func (o *Object) End() ([]byte, error) { return append(o.text, '}'), o.err }

// Open begins an object within the object, until Close.
func (o *Object) Open(name string) {
	o.name(name)
	o.text = append(o.text, '{')
}

// Close ends the object that was opened last.
func (o *Object) Close() { o.text = append(o.text, '}') }

// Text adds a text.
func (o *Object) Text(name, value string) {
	o.name(name)
	o.write(value)
}

// TextOr adds a text, or what stands for an empty one: JSON, or "" to leave it out.
func (o *Object) TextOr(name, value, empty string) {
	if value != "" {
		o.Text(name, value)
		return
	}
	if empty != "" {
		o.name(name)
		o.text = append(o.text, empty...)
	}
}

// Texts adds a list of texts; one that is nil is null.
func (o *Object) Texts(name string, values []string) {
	o.name(name)
	if values == nil {
		o.text = append(o.text, "null"...)
		return
	}
	o.text = append(o.text, '[')
	for i, value := range values {
		if i > 0 {
			o.text = append(o.text, ',')
		}
		o.write(value)
	}
	o.text = append(o.text, ']')
}

// Number adds a whole number.
func (o *Object) Number(name string, value int64) {
	o.name(name)
	o.text = strconv.AppendInt(o.text, value, 10)
}

// Flag adds true, and leaves false out.
func (o *Object) Flag(name string, value bool) {
	if value {
		o.name(name)
		o.text = append(o.text, "true"...)
	}
}

// Moment adds a moment in RFC 3339.
func (o *Object) Moment(name string, value time.Time) {
	if year := value.Year(); year < 0 || year > 9999 {
		o.Value(name, value) // which knows what is wrong with it
		return
	}
	o.name(name)
	o.text = append(value.AppendFormat(append(o.text, '"'), time.RFC3339Nano), '"')
}

// AppendText writes a text as a JSON text behind what is there.
func AppendText(to []byte, value string, html bool) []byte {
	o := Object{text: to, html: html}
	o.write(value)
	return o.text
}

// Value adds any other value, as encoding/json writes it.
func (o *Object) Value(name string, value any) {
	o.name(name)
	if err := o.encode(value); err != nil {
		o.fail(name, err)
	}
}

// encode leaves a value to encoding/json.
func (o *Object) encode(value any) error {
	buffer := bytes.NewBuffer(o.text)
	encoder := json.NewEncoder(buffer)
	encoder.SetEscapeHTML(o.html)
	if err := encoder.Encode(value); err != nil {
		return err
	}
	o.text = bytes.TrimSuffix(buffer.Bytes(), []byte("\n"))
	return nil
}

// Raw adds a value that is JSON already, without white space.
func (o *Object) Raw(name string, value json.RawMessage) {
	if value == nil || o.html {
		o.Value(name, value)
		return
	}
	o.name(name)
	buffer := bytes.NewBuffer(o.text)
	if err := json.Compact(buffer, value); err != nil {
		o.fail(name, err)
		return
	}
	o.text = buffer.Bytes()
}

// Members adds the members of a map in the order of their names. The function add adds one.
func Members[V any](o *Object, members map[string]V, add func(o *Object, name string, value V)) {
	var room [16]string
	names := room[:0]
	for name := range members {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		add(o, name, members[name])
	}
}

// Map adds an object of the members of a map, and leaves an empty one out.
func Map[V any](o *Object, name string, members map[string]V, add func(o *Object, name string, value V)) {
	if len(members) == 0 {
		return
	}
	o.Open(name)
	Members(o, members, add)
	o.Close()
}

func (o *Object) fail(name string, err error) {
	if o.err == nil {
		o.err = fmt.Errorf("write %s: %w", name, err)
	}
}

// name begins a member.
func (o *Object) name(name string) {
	if o.text[len(o.text)-1] != '{' {
		o.text = append(o.text, ',')
	}
	o.write(name)
	o.text = append(o.text, ':')
}

// write adds a text in quotes.
func (o *Object) write(value string) {
	if o.plain(value) {
		o.text = append(append(append(o.text, '"'), value...), '"')
		return
	}
	_ = o.encode(value) // a text can always be told
}

// plain tells whether a text stands in JSON as it is.
func (o *Object) plain(value string) bool {
	ascii := true
	for i := range len(value) {
		switch letter := value[i]; {
		case letter < ' ' || letter == '"' || letter == '\\' || o.html && (letter == '<' || letter == '>' || letter == '&'):
			return false
		case letter >= utf8.RuneSelf:
			ascii = false
		}
	}
	return ascii || utf8.ValidString(value) && !strings.ContainsAny(value, "\u2028\u2029")
}
