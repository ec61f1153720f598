package web

import (
	"errors"
	"net/http"

	"hejnal/cmd/hejnal/web/fault"
)

// unavailableError says that the program cannot work at the moment, and what its checks found.
type unavailableError struct {
	cause  error
	checks map[string]checked
}

// Error describes the cause.
func (e *unavailableError) Error() string { return "not ready: " + e.cause.Error() }

// Unwrap returns the cause.
func (e *unavailableError) Unwrap() error { return e.cause }

// problemOf renders an error as a problem document in a language, and gives the headers that go with it.
func (s *server) problemOf(r *http.Request, err error) (problem, http.Header) {
	rendered := fault.Of(r.Context(), s.Store, err)
	var notReady *unavailableError
	if errors.As(err, &notReady) {
		rendered = fault.Unavailable
	}
	language := callOf(r).Language
	p := problem{
		Type: "urn:hejnal:problem:" + rendered.Code, Title: rendered.Title.In(language), Status: rendered.Status, Detail: rendered.Detail.In(language),
		Code: rendered.Code, BlockedBy: rendered.Blocked, Moved: rendered.Moved,
	}
	if notReady != nil {
		p.Checks = notReady.checks
	}
	for _, wrong := range rendered.Errors {
		p.Errors = append(p.Errors, fieldProblem{Pointer: wrong.Pointer, Message: wrong.Message.In(language)})
	}
	return p, rendered.Header
}
