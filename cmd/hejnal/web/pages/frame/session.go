package frame

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"time"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/store"
)

// A session ends when nobody used it for sessionIdle, and sessionWhole after it began in any case.
const (
	sessionIdle  = 24 * time.Hour
	sessionWhole = 7 * 24 * time.Hour
)

// SessionCookie is the name of the cookie that names a session.
const SessionCookie = "hejnal_session"

// recognise finds who asks by the session that their browser names.
func (s *Site) recognise(_ http.ResponseWriter, r *http.Request) error {
	if again, ok := restoredOf(r); ok {
		call.Of(r).Person = again.person
		return nil
	}
	now := s.Now().UTC()
	session, person, err := s.sessionOf(r.Context(), r, now)
	if err != nil || person.ID == "" {
		return err
	}
	call.Of(r).Person = person
	return s.prolong(r.Context(), session, now)
}

// sessionOf is the session that a request names, and whose it is; the zero value where there is none, or not any more.
func (s *Site) sessionOf(ctx context.Context, r *http.Request, now time.Time) (store.Session, store.Person, error) {
	hash := sessionOf(r)
	if hash == "" {
		return store.Session{}, store.Person{}, nil
	}
	session, err := s.Store.Session(ctx, hash, now)
	if errors.Is(err, store.ErrNotFound) {
		return store.Session{}, store.Person{}, nil
	}
	if err != nil {
		return session, store.Person{}, fmt.Errorf("find session: %w", err)
	}
	person, err := s.Store.Person(ctx, session.PersonID)
	switch {
	case errors.Is(err, store.ErrNotFound), err == nil && person.Disabled:
		return session, store.Person{}, nil
	case err != nil:
		return session, person, fmt.Errorf("find person of session: %w", err)
	}
	return session, person, nil
}

// StillSignedIn reports whether the session of a request that was answered long ago goes on.
func (s *Site) StillSignedIn(ctx context.Context, r *http.Request) bool {
	_, person, err := s.sessionOf(ctx, r, s.Now().UTC())
	return err == nil && person.ID != ""
}

// prolong keeps a session that is in use, once half of its time is over.
func (s *Site) prolong(ctx context.Context, session store.Session, now time.Time) error {
	until := now.Add(sessionIdle)
	if most := session.CreatedAt.Add(sessionWhole); until.After(most) {
		until = most
	}
	if session.ExpiresAt.Sub(now) > sessionIdle/2 || !until.After(session.ExpiresAt) {
		return nil
	}
	session.ExpiresAt = until
	if err := s.Store.PutSession(ctx, session); err != nil {
		return fmt.Errorf("prolong session: %w", err)
	}
	return nil
}

// SignIn begins a session of the person.
func (s *Site) SignIn(w http.ResponseWriter, r *http.Request, person store.Person) error {
	secret, now := s.Secret(), s.Now().UTC()
	session := store.Session{Hash: hashOf(secret), PersonID: person.ID, Data: []byte("{}"), CreatedAt: now, ExpiresAt: now.Add(sessionIdle)}
	if err := s.Store.PutSession(r.Context(), session); err != nil {
		return fmt.Errorf("keep session: %w", err)
	}
	s.setCookie(w, SessionCookie, secret, sessionWhole)
	call.Of(r).Person = person
	return nil
}

// SignOut ends the session that the browser names, and forgets it there.
func (s *Site) SignOut(w http.ResponseWriter, r *http.Request) error {
	if hash := sessionOf(r); hash != "" {
		if err := s.Store.EndSession(r.Context(), hash); err != nil {
			return fmt.Errorf("end session: %w", err)
		}
	}
	s.setCookie(w, SessionCookie, "", -time.Second)
	call.Of(r).Person = store.Person{}
	return nil
}

// SessionOf is the hash that names the request's session in the store; empty where it has none.
func SessionOf(r *http.Request) string { return sessionOf(r) }

func sessionOf(r *http.Request) string {
	cookie, err := r.Cookie(SessionCookie)
	if err != nil || cookie.Value == "" {
		return ""
	}
	return hashOf(cookie.Value)
}

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// setCookie keeps a value in the browser, for whole seconds; a time of less than none removes it.
func (s *Site) setCookie(w http.ResponseWriter, name, value string, lasts time.Duration) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(lasts / time.Second), HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: s.Public != nil && s.Public.Scheme == "https",
	})
}
