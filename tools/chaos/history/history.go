// Package history is what the clients of a fault run wrote down: one JSON line for each call. It is all that the program
// that makes the calls and the checker that judges them have in common.
package history

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
)

// Call is one call of a client and what came of it. Times are nanoseconds of one monotonic clock that is the same for all
// clients of a run. A call that is repeated under its key, because its outcome was unknown, is a call of its own.
type Call struct {
	Client        int    `json:"client"`
	Call          int64  `json:"call"`
	Return        int64  `json:"return"` // 0: never answered
	Method        string `json:"method"`
	Path          string `json:"path"`
	Instance      string `json:"instance"`
	Proposal      string `json:"proposal"`       // "": none, or one whose id the client never learned
	Transition    string `json:"transition"`     // "" of any other call
	Key           string `json:"key"`            // Idempotency-Key; "": none
	IfMatch       string `json:"if_match"`       // the version asked for, without quotes; "": none
	Status        int    `json:"status"`         // 0: unknown outcome
	VersionBefore int64  `json:"version_before"` // what the client last saw; 0: nothing
	VersionAfter  int64  `json:"version_after"`  // what the answer's ETag says; 0: nothing
	Seq           int64  `json:"seq"`            // of an accepted transition; 0: none
	ActID         string `json:"act_id"`         // id in the answer of an accepted command: of the transition's event, the document, the task or the proposal
	Problem       string `json:"problem"`        // code of the problem, with the status before it of 500 and above; or the error of the connection
	BodyDigest    string `json:"body_digest"`    // SHA-256 of the request's body in hexadecimal
}

// Writer appends calls, or receipts, to a file. It may be used from several goroutines.
type Writer[T Call | Receipt] struct {
	mu   sync.Mutex
	file *os.File
	err  error
}

// Create makes the file, or goes on at its end.
func Create[T Call | Receipt](path string) (*Writer[T], error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create history: %w", err)
	}
	return &Writer[T]{file: file}, nil
}

// Append writes one line. The first error is also that of every later line, and of Close.
func (w *Writer[T]) Append(entry T) error {
	line, err := json.Marshal(entry)
	if err != nil {
		return fmt.Errorf("encode line of history: %w", err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err == nil {
		if _, err := w.file.Write(append(line, '\n')); err != nil {
			w.err = fmt.Errorf("append to history: %w", err)
		}
	}
	return w.err
}

// Close closes the file.
func (w *Writer[T]) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return errors.Join(w.err, w.file.Close())
}

// Read reads a history in the order in which it was written. A last line without its end, as a crash leaves it, is an error.
func Read(path string) ([]Call, error) {
	var calls []Call
	err := lines(path, func(line []byte) error {
		var call Call
		err := strict(line, &call)
		calls = append(calls, call)
		return err
	})
	return calls, err
}
