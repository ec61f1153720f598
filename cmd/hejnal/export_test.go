package main

import (
	"context"
	"encoding"
	"io"
	"time"

	"hejnal/events"
	"hejnal/store"
	"hejnal/workflow"
)

// Main is the program, for tests that run it.
func Main() { main() }

// InputsOf reads inputs by their schema.
var InputsOf = inputsOf

// EventLine shows an event on one line.
func EventLine(subject string, event []byte) string {
	return eventLine(events.Subjects{}, subject, event)
}

// Beginning gives the sequence of a stream that a position of the journal has.
func Beginning(ctx context.Context, kept store.Store, stream string, from int64) (int64, error) {
	return outbox{store: kept}.beginning(ctx, stream, from)
}

// Span reads a length of time.
func Span(text string) (time.Duration, error) {
	var s span
	var reader encoding.TextUnmarshaler = &s
	err := reader.UnmarshalText([]byte(text))
	return time.Duration(s), err
}

// Possible writes what hejnal show tells of an action.
func Possible(out io.Writer, action workflow.Action, lang string) {
	showCommand{caller: caller{Lang: lang}}.possible(out, action)
}

// Masked is masked, for tests.
func Masked(value string) string { return masked(value) }
