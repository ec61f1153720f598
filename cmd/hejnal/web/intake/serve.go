package intake

import (
	"fmt"
	"mime"
	"net/http"
	"strconv"

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
	http.ServeContent(w, r, "", d.AttachedAt, file)
	return nil
}
