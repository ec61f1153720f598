package assets

import (
	"net/http"
	"strconv"
	"strings"
)

// Serve answers a GET or HEAD request with the asset of this name and reports true. When there
// is none it writes nothing and reports false, so that the caller answers in its own way.
//
// Only the address that [URL] gives may be kept without asking again. Any other version gets
// the present file for this once: while a new release replaces an old one, the page and the
// asset may come from different ones.
func Serve(w http.ResponseWriter, r *http.Request, name string) bool {
	f, ok := files()[name]
	if !ok {
		return false
	}
	body, tag := f.plain, `"`+f.version+`"`
	h := w.Header()
	if acceptsGzip(r.Header.Values("Accept-Encoding")) {
		body, tag = f.packed, `"`+f.version+`-gzip"`
		h.Set("Content-Encoding", "gzip")
	}
	h.Add("Vary", "Accept-Encoding")
	h.Set("ETag", tag)
	h.Set("Cache-Control", "no-cache")
	if r.URL.Query().Get("v") == f.version {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if known(r.Header.Get("If-None-Match"), tag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return true
	}
	h.Set("Content-Type", f.media)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("X-Content-Type-Options", "nosniff")
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // who went away need not be told
	}
	return true
}

// known reports whether the caller says that it holds the version with this tag.
func known(ifNoneMatch, tag string) bool {
	for held := range strings.SplitSeq(ifNoneMatch, ",") {
		if held = strings.TrimPrefix(strings.TrimSpace(held), "W/"); held == tag || held == "*" {
			return true
		}
	}
	return false
}

// acceptsGzip reports whether one of the lists of codings names gzip, or any, with a weight
// above nothing. A coding that is named counts before any.
func acceptsGzip(lists []string) bool {
	anything := false
	for coding := range strings.SplitSeq(strings.Join(lists, ","), ",") {
		name, parameters, _ := strings.Cut(coding, ";")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "gzip", "x-gzip":
			return wanted(parameters)
		case "*":
			anything = wanted(parameters)
		}
	}
	return anything
}

// wanted reports whether the parameters of a coding do not weigh it as nothing.
func wanted(parameters string) bool {
	_, weight, weighed := strings.Cut(strings.ReplaceAll(parameters, " ", ""), "q=")
	q, err := strconv.ParseFloat(weight, 64)
	return !weighed || err != nil || q > 0
}
