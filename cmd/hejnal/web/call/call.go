// Package call holds what is known of a request while it is answered, for API and pages alike: the adapter begins it,
// handlers fill it, the log record is written from it.
package call

import (
	"context"
	"net/http"

	"hejnal/store"
	"hejnal/workflow"
)

// The languages of answers and pages.
const (
	Polish  = "pl"
	English = "en"
)

// Call is one request.
type Call struct {
	Language string       // pl or en
	ID       string       // of the request; may be empty
	Person   store.Person // zero value until signed in
	Trace    string       // W3C trace context of what the request brings about; empty: none
	Received int64        // bytes of the body that were read
	Streamed bool         // the answer lasts as long as whoever asked receives it

	// For the log: ids, and words of the program's own.
	Proposal   string // id of the case that the request is about
	Created    string // id of what the request made
	Transition string // id of the transition that was asked for, where the program knows one of that name
	Code       string // of the problem that was answered
	Page       string // template of the page that was shown, such as desk/mine
}

type key struct{}

// With returns the request with the call in its context.
func With(r *http.Request, c *Call) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), key{}, c))
}

// Of returns the call of a request that came through the adapter; for any other an empty one in Polish.
func Of(r *http.Request) *Call {
	c, ok := r.Context().Value(key{}).(*Call)
	if !ok {
		return &Call{Language: Polish}
	}
	return c
}

// By is who asks, as the core knows people.
func (c *Call) By() workflow.Person {
	return workflow.Person{ID: c.Person.ID, Roles: c.Person.Roles}
}
