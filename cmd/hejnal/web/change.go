package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/store"
)

// change is a request that changes something: how it is made, and how its result is answered.
type change struct {
	// body is what the idempotency key is bound to; nil is the JSON body of the call.
	body []byte
	make func(request engine.Request) (engine.Result, error)
	// answer renders the result; it holds no position but unplaced, which is filled in when the answer is given.
	answer engine.Answer
	// created gives the id of what was made, for the log; may be nil.
	created func(engine.Result) string
}

// unplaced stands in an answer where the position of the change's first entry belongs.
const unplaced = `"pos":0,`

// commit makes a change, or gives the first answer again where the request carries a known idempotency key.
func (s *server) commit(w http.ResponseWriter, r *http.Request, asked change) error {
	request, err := s.request(r, asked.body)
	if err != nil {
		return err
	}
	if request.Key != nil {
		if again, err := s.answeredBefore(w, r, request.Key); again || err != nil {
			return err
		}
	}
	var answer store.Answer
	request.Answer = func(result engine.Result) (store.Answer, error) {
		result.Act.Pos = 0
		var err error
		answer, err = asked.answer(result)
		return answer, err
	}
	result, err := asked.make(request)
	if errors.Is(err, store.ErrKeyUsed) && request.Key != nil {
		if again, known := s.answeredBefore(w, r, request.Key); again || known != nil {
			return known
		}
	}
	if err != nil {
		return err
	}
	if answer.Status == 0 {
		if _, err := request.Answer(result); err != nil {
			return err
		}
	}
	if asked.created != nil {
		callOf(r).Created = asked.created(result)
	}
	give(w, r, answer, result.Act.Pos)
	return nil
}

// request reads who asks, which version they have seen, their key and their trace. Whoever does not read cases is refused here,
// before anything that would tell them of one.
func (s *server) request(r *http.Request, body []byte) (engine.Request, error) {
	c := callOf(r)
	request := engine.Request{By: c.By(), TraceParent: c.Trace}
	if !readsCases(c.Person) {
		return request, fault.ErrNotForReader
	}
	key := r.Header.Get("Idempotency-Key")
	if keys := r.Header.Values("Idempotency-Key"); len(keys) > 0 {
		if len(keys) > 1 {
			return request, fault.Unreadable("Podaj jeden Idempotency-Key.", "Give one Idempotency-Key.")
		}
		if !keyForm.MatchString(key) {
			return request, fault.Unreadable("Idempotency-Key ma od 1 do 255 znaków ASCII.", "An Idempotency-Key has 1 to 255 ASCII characters.")
		}
		if body == nil {
			body = askedOf(r).body
		}
		sum := sha256.Sum256(body)
		request.Key = &store.Key{User: c.Person.ID, Method: r.Method, Path: r.URL.Path, Key: key, BodyHash: hex.EncodeToString(sum[:])}
	}
	var err error
	request.Expect, err = expected(r)
	return request, err
}

var keyForm = regexp.MustCompile(`^[\x20-\x7e]{1,255}$`)

var traceForm = regexp.MustCompile(`^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$`)

// traceParent is the W3C trace context of the request, where it has one that can be passed on.
func traceParent(r *http.Request) string {
	if trace := r.Header.Get("Traceparent"); traceForm.MatchString(trace) {
		return trace
	}
	return ""
}

func (s *server) answeredBefore(w http.ResponseWriter, r *http.Request, key *store.Key) (bool, error) {
	before, err := s.Store.Answered(r.Context(), key.User, key.Method, key.Path, key.Key)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("look up idempotency key: %w", err)
	case before.BodyHash != key.BodyHash:
		return false, fault.ErrOtherBody
	}
	w.Header().Set("Idempotency-Replayed", "true")
	give(w, r, before.Answer, before.FirstPos)
	return true, nil
}

// give writes an answer with its position filled in.
func give(w http.ResponseWriter, r *http.Request, answer store.Answer, pos int64) {
	header := w.Header()
	header.Set("Content-Type", "application/json")
	if answer.Location != "" {
		header.Set("Location", answer.Location)
	}
	if answer.ETag != "" {
		header.Set("ETag", answer.ETag)
	}
	placed := bytes.Replace(answer.Body, []byte(unplaced), []byte(`"pos":`+strconv.FormatInt(pos, 10)+","), 1)
	write(w, r, answer.Status, placed)
}

// answer renders a value as a stored answer.
func answer(status int, location, etag string, value any) (store.Answer, error) {
	body, err := encode(value)
	return store.Answer{Status: status, Location: location, ETag: etag, Body: body}, err
}
