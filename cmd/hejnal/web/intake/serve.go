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
	return refusals[served.refused]
}

// refusals are the statuses by which [http.ServeContent] refuses, which it words itself.
var refusals = map[int]error{http.StatusRequestedRangeNotSatisfiable: fault.ErrNoRange, http.StatusPreconditionFailed: fault.ErrOtherFile}

// serving is an answer of bytes that leaves refusals to whoever words them.
type serving struct {
	http.ResponseWriter
	refused int // status; 0: not refused
}

// WriteHeader writes the status unless it is that of a refusal.
func (s *serving) WriteHeader(status int) {
	if refusals[status] != nil {
		s.refused = status
		return
	}
	s.ResponseWriter.WriteHeader(status)
}

// Write writes bytes unless they word a refusal.
func (s *serving) Write(bytes []byte) (int, error) {
	if s.refused != 0 {
		return len(bytes), nil
	}
	return s.ResponseWriter.Write(bytes)
}

// Unwrap gives an [http.ResponseController] the writer beneath.
func (s *serving) Unwrap() http.ResponseWriter { return s.ResponseWriter }
