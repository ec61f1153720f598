// Package fault is the one table from errors to answers, in both languages: a status, a code, a title, a sentence, and what
// stands in the way. API and pages render from the same one.
package fault

import (
	"errors"
	"fmt"
	"net/http"

	"hejnal/workflow"
)

// Errors of the faces themselves.
var (
	ErrNoRoute      = errors.New("no such route")
	ErrNoMethod     = errors.New("no such method here")
	ErrNotSignedIn  = errors.New("not signed in")
	ErrTooOften     = errors.New("too many failures to sign in")
	ErrCrowded      = errors.New("as many passwords as can be verified at once are under way")
	ErrOtherBody    = errors.New("idempotency key was used with another body")
	ErrNoVersion    = errors.New("If-Match on what has no version")
	ErrNoRange      = errors.New("no such part of a file")
	ErrOtherFile    = errors.New("a file other than the one that was seen")
	ErrNotForReader = errors.New("the person's roles do not read cases")
	ErrNotPersonal  = errors.New("the person's roles do not read what is said about cases")
	ErrBusy         = errors.New("as much of this as can be done at once is under way")
)

// UnreadableError is a request whose text cannot be read at all.
type UnreadableError struct {
	Status  int // 400, or 415
	Message workflow.Text
}

// Error describes what is wrong, in English.
func (e *UnreadableError) Error() string { return e.Message.EN }

// Unreadable is an UnreadableError of status 400.
func Unreadable(pl, en string) error {
	return &UnreadableError{Status: http.StatusBadRequest, Message: workflow.Text{PL: pl, EN: en}}
}

// TooLargeError is a body or a file above its bound.
type TooLargeError struct {
	What  workflow.Text
	Bound int64 // bytes
}

// Error describes the bound.
func (e *TooLargeError) Error() string {
	return fmt.Sprintf("%s is larger than %d bytes", e.What.EN, e.Bound)
}

// maxErrors is how many wrong fields are told at once.
const maxErrors = 50

// Misfit is the refusal of data that do not have the form asked for; nil where nothing is wrong.
func Misfit(wrong []workflow.FieldError) error {
	if len(wrong) == 0 {
		return nil
	}
	wrong = wrong[:min(len(wrong), maxErrors)]
	return &workflow.Refusal{Kind: workflow.Invalid, Errors: wrong, Message: workflow.Text{
		PL: "Popraw dane: " + wrong[0].Message.PL, EN: "Correct the data: " + wrong[0].Message.EN,
	}}
}
