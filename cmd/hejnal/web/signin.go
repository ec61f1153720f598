package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

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
	address, err := httprate.KeyByIP(r) //nolint:staticcheck // The peer that connects is meant: no header says whose it is that could not be forged.
	return err == nil && s.failures.OnLimit(discardHeader{w}, r, address)
}

// guessesAMinute bounds how often a password may be guessed for one login, from wherever.
const guessesAMinute = 10

// guessedTooOften counts a wrong password against the login that it was tried for, and against the address that it came from.
func (s *server) guessedTooOften(w http.ResponseWriter, r *http.Request, login string) bool {
	byLogin := s.guesses.OnLimit(discardHeader{w}, r, login)
	return s.failedTooOften(w, r) || byLogin
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
