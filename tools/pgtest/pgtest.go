// Package pgtest gives tests a PostgreSQL database of their own, on the server
// that HEJNAL_TEST_POSTGRES names. tools/postgres/with-postgres starts one.
package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// The environment variables that are read.
const (
	// ServerVariable holds the URL of a server, postgres://…, whose user may
	// create databases.
	ServerVariable = "HEJNAL_TEST_POSTGRES"
	// RequireVariable makes a missing server a failure when it is "1".
	RequireVariable = "HEJNAL_REQUIRE_POSTGRES"
)

// What Lookup answers when there is no server.
var (
	ErrUnset    = errors.New(ServerVariable + " is not set: run the test under tools/postgres/with-postgres")
	ErrRequired = errors.New(ServerVariable + " is not set, and this run requires PostgreSQL")
)

// Lookup finds the server's URL in the environment. Without one the answer is
// ErrUnset, and the test may be skipped; when RequireVariable is "1", or CI is
// "true", it is ErrRequired, and the test has failed. Short runs never require
// a server.
func Lookup(getenv func(string) string, short bool) (string, error) {
	if server := getenv(ServerVariable); server != "" {
		return server, nil
	}
	if !short && (getenv(RequireVariable) == "1" || getenv("CI") == "true") {
		return "", ErrRequired
	}
	return "", ErrUnset
}

// Database creates an empty database, drops it when the test has ended, and
// returns its URL. Without a server it skips or fails the test as Lookup says.
func Database(t testing.TB) string {
	t.Helper()
	server, err := Lookup(os.Getenv, testing.Short())
	switch {
	case errors.Is(err, ErrUnset):
		t.Skip(err)
	case err != nil:
		t.Fatal(err)
	}
	location, err := url.Parse(server)
	if err != nil {
		t.Fatalf("parse %s: %v", ServerVariable, err)
	}
	name := "hejnal_test_" + strings.ToLower(rand.Text())
	if err := execute(t.Context(), server, "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// The test's context has ended by now. FORCE ends forgotten sessions.
		err := execute(context.WithoutCancel(t.Context()), server, "DROP DATABASE "+name+" WITH (FORCE)")
		if err != nil {
			t.Error(err)
		}
	})
	location.Path = "/" + name
	return location.String()
}

func execute(ctx context.Context, server, statement string) error {
	connection, err := pgx.Connect(ctx, server)
	if err != nil {
		return fmt.Errorf("connect to the test server: %w", err)
	}
	_, err = connection.Exec(ctx, statement)
	if err := errors.Join(err, connection.Close(ctx)); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}
