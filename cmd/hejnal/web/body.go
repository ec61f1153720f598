package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"hejnal/cmd/hejnal/web/fault"
	"hejnal/workflow"
)

// Bounds of a JSON body besides its size.
const (
	maxDepth  = 64     // levels of nesting
	maxValues = 20_000 // values and names in it
)

var bodyTooLarge = &fault.TooLargeError{What: workflow.Text{PL: "Treść żądania", EN: "The request body"}, Bound: maxBody}

// readBody reads a JSON body of bounded size and refuses one that cannot be read in exactly one way.
func readBody(r *http.Request) ([]byte, error) {
	if r.ContentLength > maxBody {
		return nil, bodyTooLarge
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return nil, fault.Unreadable("Nie udało się odczytać treści żądania.", "The request body could not be read.")
	}
	if len(body) > maxBody {
		return nil, bodyTooLarge
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, nil
	}
	if err := checkJSON(body); err != nil {
		return nil, err
	}
	return body, checkMediaType(r)
}

func checkMediaType(r *http.Request) error {
	if packed := r.Header.Get("Content-Encoding"); packed != "" && !strings.EqualFold(packed, "identity") {
		return &fault.UnreadableError{Status: http.StatusUnsupportedMediaType, Message: workflow.Text{
			PL: "Treść żądania nie może być spakowana (Content-Encoding).", EN: "The request body must not be packed (Content-Encoding).",
		}}
	}
	written := r.Header.Get("Content-Type")
	if written == "" {
		return nil
	}
	kind, _, err := mime.ParseMediaType(written)
	if err == nil && (kind == "application/json" || strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "+json")) {
		return nil
	}
	return &fault.UnreadableError{Status: http.StatusUnsupportedMediaType, Message: workflow.Text{
		PL: "Treść żądania musi być typu application/json.", EN: "The request body must be of the type application/json.",
	}}
}

// checkJSON refuses what parsers read differently: invalid UTF-8, repeated names, NUL characters, deep nesting.
func checkJSON(body []byte) error {
	if !utf8.Valid(body) {
		return fault.Unreadable("Treść nie jest poprawnym tekstem UTF-8.", "The body is not valid UTF-8.")
	}
	if !shallow(body) {
		return fault.Unreadable(fmt.Sprintf("JSON jest zagnieżdżony głębiej niż %d poziomy.", maxDepth), fmt.Sprintf("The JSON is nested deeper than %d levels.", maxDepth))
	}
	if !json.Valid(body) {
		return fault.Unreadable("Treść nie jest poprawnym dokumentem JSON.", "The body is not one valid JSON document.")
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	return (&checker{decoder: decoder}).value()
}

// checker reads a body token by token.
type checker struct {
	decoder *json.Decoder
	read    int // tokens so far
}

func (c *checker) token() (json.Token, error) {
	if c.read++; c.read > maxValues {
		return nil, fault.Unreadable(fmt.Sprintf("JSON zawiera więcej niż %d wartości.", maxValues), fmt.Sprintf("The JSON holds more than %d values.", maxValues))
	}
	token, err := c.decoder.Token()
	if err != nil {
		return nil, fault.Unreadable("Treść nie jest poprawnym dokumentem JSON.", "The body is not one valid JSON document.")
	}
	return token, nil
}

// shallow reports whether no bracket stands deeper than allowed; it looks at brackets outside of texts alone.
func shallow(body []byte) bool {
	depth, quoted, escaped := 0, false, false
	for _, b := range body {
		switch {
		case escaped:
			escaped = false
		case quoted:
			escaped, quoted = b == '\\', b != '"'
		case b == '"':
			quoted = true
		case b == '{' || b == '[':
			depth++
			if depth > maxDepth {
				return false
			}
		case b == '}' || b == ']':
			depth--
		}
	}
	return true
}

// value reads one value, which is known to be valid and not deep.
func (c *checker) value() error {
	token, err := c.token()
	if err != nil {
		return err
	}
	switch token := token.(type) {
	case json.Delim:
		return c.inside(token)
	case string:
		return checkText(token)
	}
	return nil
}

func (c *checker) inside(opened json.Delim) error {
	names := map[string]bool{}
	for c.decoder.More() {
		if opened == '{' {
			if err := c.name(names); err != nil {
				return err
			}
		}
		if err := c.value(); err != nil {
			return err
		}
	}
	_, err := c.token()
	return err
}

// name reads a name of an object, which must not be among those seen.
func (c *checker) name(seen map[string]bool) error {
	token, err := c.token()
	if err != nil {
		return err
	}
	name, _ := token.(string)
	if err := checkText(name); err != nil {
		return err
	}
	if seen[name] {
		return fault.Unreadable(fmt.Sprintf("Pole „%s” się powtarza.", name), fmt.Sprintf("The field %q is repeated.", name))
	}
	seen[name] = true
	return nil
}

func checkText(text string) error {
	if strings.ContainsRune(text, 0) {
		return fault.Unreadable("Tekst zawiera znak NUL.", "A text holds a NUL character.")
	}
	return nil
}
