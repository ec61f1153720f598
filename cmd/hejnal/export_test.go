package main

import (
	"encoding"
	"time"

	"hejnal/events"
)

// Main is the program, for tests that run it.
func Main() { main() }

// InputsOf reads inputs by their schema.
var InputsOf = inputsOf

// EventLine shows an event on one line.
func EventLine(subject string, event []byte) string {
	return eventLine(events.Subjects{}, subject, event)
}

// Span reads a length of time.
func Span(text string) (time.Duration, error) {
	var s span
	var reader encoding.TextUnmarshaler = &s
	err := reader.UnmarshalText([]byte(text))
	return time.Duration(s), err
}
