package frame

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/store"
)

// Answers knows what was answered to a form that was sent before.
type Answers interface {
	Answered(ctx context.Context, user, method, path, key string) (store.Answered, error)
}

// KeyField is the hidden field that makes a form count once, however often it is sent.
const KeyField = "klucz"

// Request is who asks for a change, on which version, and as the answer to which form: sent a second time, it does nothing and
// leads where it led at first. Then says where the result leads.
func (s *Site) Request(r *http.Request, sent url.Values, expect int64, then func(engine.Result) string) engine.Request {
	c := call.Of(r)
	request := engine.Request{By: c.By(), Expect: expect, TraceParent: c.Trace}
	key, hash := keyOf(sent)
	if key == "" {
		return request
	}
	request.Key = &store.Key{User: c.Person.ID, Method: r.Method, Path: r.URL.Path, Key: key, BodyHash: hash}
	request.Answer = func(result engine.Result) (store.Answer, error) {
		return store.Answer{Status: http.StatusSeeOther, Location: then(result), Body: []byte("{}")}, nil
	}
	return request
}

// longestKey is how long the key of a form may be; the hash of what was sent stands behind it.
const longestKey = 190

// keyOf is the key of a form and the hash of what was sent in it. A form that was gone back to and changed is another one.
func keyOf(sent url.Values) (key, hash string) {
	sum := sha256.Sum256([]byte(sent.Encode()))
	hash = hex.EncodeToString(sum[:])
	if key = sent.Get(KeyField); key == "" || len(key) > longestKey {
		return "", hash
	}
	return key + " " + hash, hash
}

// LedBefore is where a form led that was sent before; empty where it was not.
func (s *Site) LedBefore(r *http.Request, sent url.Values) (string, error) {
	key, _ := keyOf(sent)
	if key == "" {
		return "", nil
	}
	before, err := s.Store.Answered(r.Context(), call.Of(r).Person.ID, r.Method, r.URL.Path, key)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("look up the form's key: %w", err)
	}
	return before.Answer.Location, nil
}

// VersionField is the hidden field that says which version of a case or a partner its reader has seen.
const VersionField = "version"

// Seen is the version that the reader of a form has seen of what it is about, from 1 on; a form that does not say it is refused.
func Seen(sent url.Values) (int64, error) {
	version, err := strconv.ParseInt(sent.Get(VersionField), 10, 64)
	if err != nil || version < 1 {
		return 0, fault.Unreadable("Formularz nie mówi, której wersji dotyczy. Otwórz go jeszcze raz.", "The form does not say which version it is about. Open it once more.")
	}
	return version, nil
}
