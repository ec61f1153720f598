package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/httprate"

	"hejnal/cmd/hejnal/web/fault"
	"hejnal/store"
	"hejnal/workflow"
)

// failuresAMinute bounds how often one address may fail to sign in; whoever signs in is never counted.
const failuresAMinute = 300

// signIn finds the person whose token the request carries.
func (s *server) signIn(w http.ResponseWriter, r *http.Request) error {
	scheme, secret, found := strings.Cut(r.Header.Get("Authorization"), " ")
	secret = strings.TrimSpace(secret)
	if !found || !strings.EqualFold(scheme, "Bearer") || secret == "" {
		return fault.ErrNotSignedIn
	}
	hash := sha256.Sum256([]byte(secret))
	person, err := s.Store.PersonByToken(r.Context(), hex.EncodeToString(hash[:]), s.Now().UTC())
	switch {
	case errors.Is(err, store.ErrNotFound), err == nil && person.Disabled:
		return s.failed(w, r)
	case err != nil:
		return fmt.Errorf("find person by token: %w", err)
	}
	callOf(r).Person = person
	return nil
}

// failed refuses a token that nobody has.
func (s *server) failed(w http.ResponseWriter, r *http.Request) error {
	if s.failedTooOften(w, r) {
		return fault.ErrTooOften
	}
	return fault.ErrNotSignedIn
}

// failedTooOften counts a failure to sign in against the address that it came from.
func (s *server) failedTooOften(w http.ResponseWriter, r *http.Request) bool {
	address := addressOf(r)
	return address != "" && s.failures.OnLimit(discardHeader{w}, r, address)
}

// Bounds of wrong passwords in a minute: for a login from one address, and for a login from all of them together.
const (
	guessesAMinute      = 10
	guessesForALoginAll = 100
)

// guesses counts wrong passwords. Where they are used up, a right one is refused too: else the answer would tell it from the
// wrong ones, and guessing could go on.
type guesses struct {
	here, all *httprate.RateLimiter
	server    *server
}

func newGuesses(s *server) *guesses {
	return &guesses{here: httprate.NewRateLimiter(guessesAMinute, time.Minute), all: httprate.NewRateLimiter(guessesForALoginAll, time.Minute), server: s}
}

// UsedUp reports whether no password is to be tried for the login now.
func (g *guesses) UsedUp(r *http.Request, login string) bool {
	return spent(g.here, login+" "+addressOf(r), guessesAMinute) || spent(g.all, login, guessesForALoginAll)
}

func spent(limiter *httprate.RateLimiter, key string, most float64) bool {
	_, rate, err := limiter.Status(key)
	return err == nil && rate+1 > most
}

// Wrong counts a wrong password against the login and the address that it came from; true is one too many.
func (g *guesses) Wrong(w http.ResponseWriter, r *http.Request, login string) bool {
	here := g.here.OnLimit(discardHeader{w}, r, login+" "+addressOf(r))
	all := g.all.OnLimit(discardHeader{w}, r, login)
	return g.server.failedTooOften(w, r) || here || all
}

// addressOf is where a request came from; empty where that cannot be told.
func addressOf(r *http.Request) string {
	address, err := httprate.KeyByIP(r) //nolint:staticcheck // The peer that connects is meant: no header says whose it is that could not be forged.
	if err != nil {
		return ""
	}
	return address
}

// nobody lets nobody sign in with a password.
type nobody struct{}

// Hash gives a hash that no password has.
func (nobody) Hash(string) string { return "" }

// Verify knows no password.
func (nobody) Verify(string, string) bool { return false }

// discardHeader keeps the limiter's own headers out of the answer.
type discardHeader struct{ http.ResponseWriter }

// Header returns a header that nobody sees.
func (discardHeader) Header() http.Header { return http.Header{} }

// readsCases reports whether the person may read cases: everybody but those who only receive events.
func readsCases(p store.Person) bool {
	return slices.ContainsFunc(p.Roles, workflow.Role.Reads)
}
