package main

import (
	"context"
	"encoding"
	"io"
	"os"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
	"hejnal/store"
	"hejnal/workflow"
)

// Main is the program, for tests that run it.
func Main() { main() }

// InputsOf reads inputs by their schema.
var InputsOf = inputsOf

// Memory is what a reader remembers of a stream.
type Memory struct{ memory }

// NewMemory makes the memory of a reader that shows what lies behind quiet, and has read from the first event on or not.
func NewMemory(quiet uint64, complete bool) *Memory {
	return &Memory{memory{quiet: quiet, complete: complete}}
}

// Doubt is called when the stream was made anew.
func (m *Memory) Doubt(last uint64, sameEpoch bool) uint64 { return m.doubt(last, sameEpoch) }

// Meet takes an event.
func (m *Memory) Meet(sequence uint64, id string) (shown bool, err error) {
	return m.meet(known{sequence, id})
}

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

// UnfinishedArchive opens the file that the archive of the name is written to.
func UnfinishedArchive(name string) (*os.File, error) { return unfinished(name + ".part") }

// ClaimArchive is claim, for tests.
func ClaimArchive(file *os.File, name string) error { return claim(file, name) }

// MemoryLimit bounds the memory of a server where so much is there.
var MemoryLimit = memoryLimit

// NewPasswords keeps passwords as a server does.
var NewPasswords = newPasswords

// InTurn computes when others are done.
func InTurn(ctx context.Context, p passwords, compute func()) error { return p.inTurn(ctx, compute) }

// Places answers behind which event a durable consumer would be made again, first and after each of the sequences that are
// shown, where so many events up to until were delivered before and not acknowledged.
func Places(floor uint64, owed int, until uint64, shown ...uint64) (places []uint64) {
	info := &jetstream.ConsumerInfo{NumAckPending: owed}
	info.AckFloor.Stream, info.Delivered.Stream = floor, until
	m := markOf(info)
	places = append(places, m.sequence)
	for _, sequence := range shown {
		m.pass(known{sequence: sequence})
		places = append(places, m.sequence)
	}
	return places
}
