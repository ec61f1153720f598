package packet

import (
	"mime"
	"net/http"

	"hejnal/cmd/hejnal/web/streamed"
)

// Answer is a packet as the answer to a request. It begins with its first byte; until then another answer can be given.
type Answer struct {
	to       *streamed.Writer
	fileName string
	begun    bool
}

// NewAnswer is an answer that browsers keep under the name.
func NewAnswer(w http.ResponseWriter, r *http.Request, fileName string) *Answer {
	return &Answer{to: streamed.Begin(w, r), fileName: fileName}
}

// Begin begins the answer, where that was not done.
func (a *Answer) Begin() {
	if a.begun {
		return
	}
	a.begun = true
	header := a.to.Header()
	header.Set("Content-Type", "application/zip")
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.fileName}))
	header.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	header.Set("Cache-Control", "private, no-cache")
	a.to.WriteHeader(http.StatusOK)
}

// Write writes a part of the packet.
func (a *Answer) Write(bytes []byte) (int, error) {
	a.Begin()
	return a.to.Write(bytes)
}
