package intake

import (
	"fmt"
	"mime"
	"net/http"
	"strconv"

	"hejnal/cmd/hejnal/web/fault"
	"hejnal/workflow"
)

// Serve answers the bytes of a document, which no page may run; cache says who may keep them.
func Serve(w http.ResponseWriter, r *http.Request, blobs Blobs, d workflow.Document, cache string) error {
	file, err := blobs.Get(r.Context(), d.SHA256)
	if err != nil {
		return fmt.Errorf("open document %s: %v", d.ID, err) //nolint:errorlint // Bytes that are gone are a fault here, not a wrong address.
	}
	defer file.Close() //nolint:errcheck // Reading is over.
	header := w.Header()
	header.Set("Content-Type", d.MediaType)
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.FileName}))
	header.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	header.Set("Cache-Control", cache)
	header.Set("ETag", strconv.Quote(d.SHA256))
	served := &serving{ResponseWriter: w}
	http.ServeContent(served, r, "", d.AttachedAt, file)
	return served.refusal
}

// serving is an answer of bytes that keeps what [http.ServeContent] refuses for whoever words refusals.
type serving struct {
	http.ResponseWriter
	refusal error
}

// WriteHeader writes the status unless it is that of a refusal.
func (s *serving) WriteHeader(status int) {
	switch status {
	case http.StatusRequestedRangeNotSatisfiable:
		s.refusal = fault.ErrNoRange
	case http.StatusPreconditionFailed:
		s.refusal = fault.ErrOtherFile
	default:
		s.ResponseWriter.WriteHeader(status)
	}
}

// Write writes bytes unless they word a refusal.
func (s *serving) Write(bytes []byte) (int, error) {
	if s.refusal != nil {
		return len(bytes), nil
	}
	return s.ResponseWriter.Write(bytes)
}

// Unwrap gives an [http.ResponseController] the writer beneath.
func (s *serving) Unwrap() http.ResponseWriter { return s.ResponseWriter }
