// Package storetest is what every backend of the store must pass: one conformance suite, run by each with databases of
// its own.
package storetest

import (
	"context"
	"testing"

	"hejnal/store"
)

// Database is one database of a test, empty in the beginning.
type Database struct {
	// Open opens the database once more, as another process would. The test's end closes what is still open.
	Open func(tb testing.TB) store.Store
	// Exec runs a statement past the store.
	Exec func(ctx context.Context, statement string) error
	// Leaf reads the leaf hash of an entry past the store.
	Leaf func(ctx context.Context, eventID string) ([]byte, error)
	// Migrate brings the empty database to an earlier version of the schema.
	Migrate func(tb testing.TB, version int64)
	// Location is what a child process opens; see [Child].
	Location string
}

// Factory makes an empty database.
type Factory func(tb testing.TB) Database

// Run holds a backend against the contract.
func Run(t *testing.T, factory Factory) {
	t.Helper()
	for _, subject := range []struct {
		name string
		run  func(*testing.T, Database)
	}{
		{"a change is read back as it was written", readBack},
		{"texts are kept byte for byte", byteExact},
		{"positions follow commits without gaps", positions},
	} {
		t.Run(subject.name, func(t *testing.T) { subject.run(t, factory(t)) })
	}
}
