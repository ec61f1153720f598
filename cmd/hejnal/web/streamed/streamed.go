// Package streamed is for answers that are written while they are made, for as long as whoever asked receives them. The
// server bounds the time of a whole answer; of these it bounds the time of each write.
package streamed

import (
	"net/http"
	"time"

	"hejnal/cmd/hejnal/web/call"
)

const (
	// patience is how long whoever asked has to receive what is written, at least; a deadline is set anew once a second at most.
	patience = 30 * time.Second
	// longest is how long an answer lasts at most, so that nobody holds one for good by receiving it slowly.
	longest = 2 * time.Hour
)

// Writer writes an answer that is streamed.
type Writer struct {
	http.ResponseWriter
	control *http.ResponseController
	until   time.Time // the deadline of what is written
	last    time.Time // no deadline is later
}

// Begin makes the answer to a request one that is streamed.
func Begin(w http.ResponseWriter, r *http.Request) *Writer {
	call.Of(r).Streamed = true
	return &Writer{ResponseWriter: w, control: http.NewResponseController(w), last: time.Now().Add(longest)}
}

// Write writes to whoever asked, who has time for it however long the answer lasts already.
func (s *Writer) Write(bytes []byte) (int, error) {
	s.prolong()
	return s.ResponseWriter.Write(bytes)
}

// FlushError sends what was written; an [http.ResponseController] calls it.
func (s *Writer) FlushError() error {
	s.prolong()
	return s.control.Flush()
}

// Unwrap gives an [http.ResponseController] the writer beneath.
func (s *Writer) Unwrap() http.ResponseWriter { return s.ResponseWriter }

func (s *Writer) prolong() {
	now := time.Now()
	if s.until.Sub(now) >= patience || s.until.Equal(s.last) {
		return
	}
	if s.until = now.Add(patience + time.Second); s.until.After(s.last) {
		s.until = s.last
	}
	_ = s.control.SetWriteDeadline(s.until) // What has no deadlines needs none.
}
