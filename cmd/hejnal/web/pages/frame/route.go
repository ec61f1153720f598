package frame

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/workflow"
)

// Access says who may open a page; what of it is theirs to change is for the engine to say.
type Access int

// Anybody needs no signing in; SignedIn is everybody who is known; Readers are those who read cases.
const (
	Anybody Access = iota
	SignedIn
	Readers
)

// Route is one page, or one form that is sent: how it is reached and answered.
type Route struct {
	Method string // GET or POST
	Path   string // as chi reads it
	Access Access
	Handle func(w http.ResponseWriter, r *http.Request) error
	// Plain is an answer that is no page: a file, a feed, a redirect.
	Plain bool
}

// maxForm is how large a form without files may be, in bytes.
const maxForm = 1 << 20

// Guard puts before a route what comes before it for every one alike: whether the address can be read, who asks, and whether
// the form came from here.
func (s *Site) Guard(route Route) func(w http.ResponseWriter, r *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		s.language(w, r)
		setPolicy(w.Header())
		if err := readable(r.URL); err != nil {
			return err
		}
		if err := s.refuse.Check(r); err != nil {
			return errForeign
		}
		if route.Method == http.MethodPost && !inParts(r) {
			r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		}
		if err := s.recognise(w, r); err != nil {
			return err
		}
		person := call.Of(r).Person
		switch {
		case route.Access == Anybody:
		case person.ID == "":
			return fault.ErrNotSignedIn
		case person.MustChange && !slices.Contains(beforeChange, route.Path):
			http.Redirect(w, r, passwordPath, http.StatusSeeOther)
			return nil
		case route.Access == Readers && !slices.ContainsFunc(person.Roles, workflow.Role.Reads):
			return fault.ErrNotForReader
		}
		return route.Handle(w, r)
	}
}

// readable refuses an address with characters that no text has, which stores do not take. A path with such is that of no page.
func readable(address *url.URL) error {
	if !isText(address.Path) {
		return fault.ErrNoRoute
	}
	for name, given := range address.Query() {
		if !isText(name) || slices.ContainsFunc(given, func(value string) bool { return !isText(value) }) {
			return fault.Unreadable("Adres zawiera znaki, których nie da się odczytać.", "The address holds characters that cannot be read.")
		}
	}
	return nil
}

// isText reports whether a store takes it as text.
func isText(given string) bool { return utf8.ValidString(given) && !strings.ContainsRune(given, 0) }

// Addresses that the frame itself leads to.
const (
	SignInPath   = "/logowanie"
	SignOutPath  = "/wyloguj"
	passwordPath = "/haslo"
)

// beforeChange are the pages that somebody with a one-time password can open.
var beforeChange = []string{passwordPath, SignOutPath}

// policy is what a page may load: its own style, script and pictures.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

func setPolicy(header http.Header) {
	header.Set("Content-Security-Policy", policy)
	header.Set("Referrer-Policy", "same-origin")
	header.Set("Vary", "Cookie, Accept-Language")
}
