package frame

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"hejnal/cmd/hejnal/web/call"
)

// How long an answer that is the same for everybody may be kept without asking again.
const (
	keptByVisitors = "public, max-age=60"
	keptByReaders  = "private, no-cache"
)

// RenderOpen shows a page that anybody may see, and lets visitors keep it for a minute: who has it already is told so.
func (s *Site) RenderOpen(w http.ResponseWriter, r *http.Request, status int, page Page) error {
	text, err := s.text(r, page)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	ServeOpen(w, r, status, text)
	return nil
}

// ServeOpen answers with a text that anybody may see. Its tag is weak, since it may travel packed.
func ServeOpen(w http.ResponseWriter, r *http.Request, status int, text []byte) {
	sum := sha256.Sum256(text)
	tag := `W/"` + hex.EncodeToString(sum[:16]) + `"`
	header := w.Header()
	header.Set("ETag", tag)
	header.Set("Cache-Control", keptByVisitors)
	if call.Of(r).Person.ID != "" || header.Get("Set-Cookie") != "" {
		header.Set("Cache-Control", keptByReaders)
	}
	if status == http.StatusOK && has(r.Header.Get("If-None-Match"), tag) {
		header.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		// Nobody is left to be told that the reader has gone.
		_, _ = w.Write(text)
	}
}

// has reports whether a list of tags has one that is weakly the same.
func has(list, tag string) bool {
	for one := range strings.SplitSeq(list, ",") {
		if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// Base is the address of the installation as the reader of a page reaches it, without a slash at its end.
func (s *Site) Base(r *http.Request) string { return BaseOf(s.Public, r) }
