package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
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
	token := tokenOf(r)
	if token == "" {
		return fault.ErrNotSignedIn
	}
	person, err := s.Store.PersonByToken(r.Context(), token, s.Now().UTC())
	switch {
	case errors.Is(err, store.ErrNotFound), err == nil && person.Disabled:
		return s.failed(w, r)
	case err != nil:
		return fmt.Errorf("find person by token: %w", err)
	}
	callOf(r).Person = person
	return nil
}

// tokenOf is the hash of the token that a request carries; empty where it carries none.
func tokenOf(r *http.Request) string {
	scheme, secret, found := strings.Cut(r.Header.Get("Authorization"), " ")
	secret = strings.TrimSpace(secret)
	if !found || !strings.EqualFold(scheme, "Bearer") || secret == "" {
		return ""
	}
	hash := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(hash[:])
}

// stillSignedIn reports whether the token of a request that was answered long ago holds yet.
func (s *server) stillSignedIn(ctx context.Context, r *http.Request) bool {
	person, err := s.Store.PersonByToken(ctx, tokenOf(r), s.Now().UTC())
	return err == nil && !person.Disabled
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

// guesses counts wrong passwords, and those that are being tried: guesses that are sent at once are not more than one after
// another. Where they are used up, a right one is refused too: else the answer would tell it from the wrong ones, and guessing
// could go on.
type guesses struct {
	here, all *httprate.RateLimiter
	server    *server

	mutex  sync.Mutex
	trying map[string]int // by login, and by login and address
}

func newGuesses(s *server) *guesses {
	return &guesses{
		here: httprate.NewRateLimiter(guessesAMinute, time.Minute), all: httprate.NewRateLimiter(guessesForALoginAll, time.Minute), server: s,
		trying: map[string]int{},
	}
}

// Begin reports whether a password may be tried for the login now. End is to be called when it was, and counted if wrong.
func (g *guesses) Begin(r *http.Request, login string) (end func(), may bool) {
	here := login + " " + addressOf(r)
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.spent(g.here, here, guessesAMinute) || g.spent(g.all, login, guessesForALoginAll) {
		return func() {}, false
	}
	g.try(here, 1)
	g.try(login, 1)
	return func() {
		g.mutex.Lock()
		defer g.mutex.Unlock()
		g.try(here, -1)
		g.try(login, -1)
	}, true
}

func (g *guesses) try(key string, more int) {
	if g.trying[key] += more; g.trying[key] == 0 {
		delete(g.trying, key)
	}
}

func (g *guesses) spent(limiter *httprate.RateLimiter, key string, most float64) bool {
	_, rate, err := limiter.Status(key)
	return err == nil && rate+float64(g.trying[key])+1 > most
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
