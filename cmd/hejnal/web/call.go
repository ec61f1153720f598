package web

import (
	"context"
	"net/http"

	"hejnal/cmd/hejnal/web/call"
)

// asked is what an operation of the API read of its request before its handler: a JSON body, checked, and the query
// parameters that there are.
type asked struct {
	body  []byte
	query []parameter
}

type askedKey struct{}

func withAsked(r *http.Request, a *asked) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), askedKey{}, a))
}

// askedOf returns what the operation read; nothing for a request that did not come through one.
func askedOf(r *http.Request) *asked {
	a, ok := r.Context().Value(askedKey{}).(*asked)
	if !ok {
		return &asked{}
	}
	return a
}

func callOf(r *http.Request) *call.Call { return call.Of(r) }
