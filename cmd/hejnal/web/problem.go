package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"

	"hejnal/cmd/hejnal/web/fault"
	"hejnal/workflow"
)

// problem is an RFC 9457 problem document. Title, detail and the messages of errors are in the caller's language;
// messages of blockers are in both.
type problem struct {
	Type      string             `json:"type" format:"uri" doc:"urn:hejnal:problem: and the code"`
	Title     string             `json:"title"`
	Status    int                `json:"status"`
	Detail    string             `json:"detail"`
	Code      string             `json:"code"`
	BlockedBy []workflow.Blocker `json:"blocked_by,omitempty" doc:"every reason that stands against it"`
	Errors    []fieldProblem     `json:"errors,omitempty" doc:"every wrong field"`
	Moved     *fault.Moved       `json:"moved,omitempty" doc:"who moved it, where If-Match is stale"`
	Checks    map[string]checked `json:"checks,omitempty" doc:"what the checks of /readyz found"`
	Request   string             `json:"request,omitempty" doc:"id of the request, for whoever runs the installation"`
}

// fieldProblem is one wrong field: a JSON pointer into the body, the name of a part of an upload after a slash, or that of a
// query parameter after /query/.
type fieldProblem struct {
	Pointer string `json:"pointer" doc:"JSON pointer into the body; /query/ and the name of a query parameter"`
	Message string `json:"message"`
}

// writeProblem renders an error.
func (s *server) writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	c := callOf(r)
	text, more := s.problemOf(r, err)
	c.Code = text.Code
	if text.Status >= http.StatusInternalServerError {
		text.Request = c.ID
	}
	header := w.Header()
	for _, name := range []string{"ETag", "Location", "Content-Disposition", "Accept-Ranges", "Last-Modified"} {
		header.Del(name)
	}
	for name, values := range more {
		header[name] = values
	}
	header.Set("Content-Type", "application/problem+json")
	setLanguage(header, c.Language)
	body, err := encode(text)
	if err != nil {
		body = []byte(`{"type":"urn:hejnal:problem:internal","title":"Internal error","status":500,"detail":"","code":"internal"}`)
	}
	write(w, r, text.Status, body)
}

func setLanguage(header http.Header, language string) {
	header.Set("Content-Language", language)
	header.Add("Vary", "Accept-Language")
}

// encode writes JSON without escaping what only HTML needs escaped.
func encode(value any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, fmt.Errorf("write answer: %w", err)
	}
	return text.Bytes(), nil
}

// writeJSON answers a value that was asked for.
func writeJSON(w http.ResponseWriter, r *http.Request, value any) error {
	body, err := encode(value)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	write(w, r, http.StatusOK, body)
	return nil
}

func write(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		// Nobody is left to be told that the caller has gone.
		_, _ = w.Write(body)
	}
}
