package frame

import (
	"net/http"
	"net/url"
	"time"

	"hejnal/cmd/hejnal/web/call"
)

const (
	languageCookie = "hejnal_lang"
	languageKept   = 365 * 24 * time.Hour
)

// language chooses the language of a page: what the address asks for, what was chosen before, or what the browser asks for.
func (s *Site) language(w http.ResponseWriter, r *http.Request) {
	c := call.Of(r)
	asked := r.URL.Query().Get("lang")
	if known(asked) {
		c.Language = asked
		s.setCookie(w, languageCookie, asked, languageKept)
	} else if cookie, err := r.Cookie(languageCookie); err == nil && known(cookie.Value) {
		c.Language = cookie.Value
	}
	w.Header().Set("Content-Language", c.Language)
}

func known(language string) bool { return language == call.Polish || language == call.English }

func other(language string) string {
	if language == call.English {
		return call.Polish
	}
	return call.English
}

// inOther is the address of the same page in the other language. A form that was sent is not a page: its own address is.
func inOther(r *http.Request) string {
	address := url.URL{Path: r.URL.Path}
	values := url.Values{}
	if r.Method == http.MethodGet {
		values = r.URL.Query()
	}
	values.Set("lang", other(call.Of(r).Language))
	address.RawQuery = values.Encode()
	return address.String()
}
