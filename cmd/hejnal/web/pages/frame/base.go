package frame

import (
	"net/http"
	"net/url"
	"strings"
)

// BaseOf is the address under which an installation is reached: the one that it was told, or the one that the request came to.
func BaseOf(public *url.URL, r *http.Request) string {
	if public != nil {
		return strings.TrimSuffix(public.String(), "/")
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}
