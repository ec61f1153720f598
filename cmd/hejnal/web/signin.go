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

// guessesAtOnce is how many passwords of one address may be tried at the same time: fewer than may wait in all, and more than
// the officials of one office who press the button in the same second.
const guessesAtOnce = 20

// guesses counts wrong passwords, and those that are being tried: guesses that are sent at once are not more than one after
// another. Where they are used up, a right one is refused too: else the answer would tell it from the wrong ones, and guessing
// could go on.
type guesses struct {
	here, all *httprate.RateLimiter
	server    *server

	mutex  sync.Mutex
	trying map[string]int // by login, by login and address, and by address
}

func newGuesses(s *server) *guesses {
	return &guesses{
		here: httprate.NewRateLimiter(guessesAMinute, time.Minute), all: httprate.NewRateLimiter(guessesForALoginAll, time.Minute), server: s,
		trying: map[string]int{},
	}
}

// Begin refuses where no password may be tried for the login now. End is to be called when one was, and counted if wrong.
func (g *guesses) Begin(r *http.Request, login string) (end func(), err error) {
	address := addressOf(r)
	tried := []string{login + " " + address, login, addressKey(address)}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.spent(g.here, tried[0], guessesAMinute) || g.spent(g.all, login, guessesForALoginAll) {
		return nil, fault.ErrTooOften
	}
	if err := g.crowded(address); err != nil {
		return nil, err
	}
	g.try(1, tried)
	return func() {
		g.mutex.Lock()
		defer g.mutex.Unlock()
		g.try(-1, tried)
	}, nil
}

// crowded refuses an address of which as many passwords are being tried as may be. Of one that failed too often that is one:
// whoever shares it, behind a proxy or in one office, can sign in in between, and a flood takes no more than its share.
func (g *guesses) crowded(address string) error {
	trying := g.trying[addressKey(address)]
	switch {
	case address == "":
		return nil
	case trying >= 1 && g.spent(g.server.failures, address, failuresAMinute):
		return fault.ErrTooOften
	case trying >= guessesAtOnce:
		return fault.ErrCrowded
	}
	return nil
}

// addressKey is what an address is counted under: no login that anybody types is the same.
func addressKey(address string) string { return "\x00" + address }

func (g *guesses) try(more int, keys []string) {
	for _, key := range keys {
		if g.trying[key] += more; g.trying[key] == 0 {
			delete(g.trying, key)
		}
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
func (nobody) Hash(context.Context, string) (string, error) { return "", nil }

// Verify knows no password.
func (nobody) Verify(context.Context, string, string) (bool, error) { return false, nil }

// discardHeader keeps the limiter's own headers out of the answer.
type discardHeader struct{ http.ResponseWriter }

// Header returns a header that nobody sees.
func (discardHeader) Header() http.Header { return http.Header{} }

// readsCases reports whether the person may read cases: everybody but those who only receive events.
func readsCases(p store.Person) bool {
	return slices.ContainsFunc(p.Roles, workflow.Role.Reads)
}
