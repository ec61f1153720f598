package web

import (
	"context"
	"net/http"

	"hejnal/store"
	"hejnal/workflow"
)

// call is what is known of a request while it is answered.
type call struct {
	language string       // pl or en
	id       string       // of the request
	person   store.Person // zero value until signed in
	body     []byte       // a JSON body, read and checked
	query    []parameter  // the query parameters that there are
	trace    string       // W3C trace context of what the request brings about; empty: none
	received int64        // bytes of the body that were read

	// For the log: ids, and words of the program's own.
	created    string // id of what the request made
	transition string // id of the transition that was asked for, where the program knows one of that name
	code       string // of the problem that was answered
}

type callKey struct{}

func withCall(r *http.Request, c *call) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), callKey{}, c))
}

// callOf returns the call of a request that came through the adapter.
func callOf(r *http.Request) *call {
	c, ok := r.Context().Value(callKey{}).(*call)
	if !ok {
		return &call{language: polish}
	}
	return c
}

// by is who asks, as the core knows people.
func (c *call) by() workflow.Person {
	return workflow.Person{ID: c.person.ID, Roles: c.person.Roles}
}
