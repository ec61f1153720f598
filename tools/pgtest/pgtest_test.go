package pgtest_test

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"hejnal/tools/pgtest"
)

func TestAServerIsSkippedOrRequiredAsTheEnvironmentSays(t *testing.T) {
	const server = "postgres://somewhere"
	for _, test := range []struct {
		name        string
		environment map[string]string
		short       bool
		url         string
		err         error
	}{
		{"nothing said", nil, false, "", pgtest.ErrUnset},
		{"required", map[string]string{"HEJNAL_REQUIRE_POSTGRES": "1"}, false, "", pgtest.ErrRequired},
		{"continuous integration", map[string]string{"CI": "true"}, false, "", pgtest.ErrRequired},
		{"short run of a required one", map[string]string{"CI": "true", "HEJNAL_REQUIRE_POSTGRES": "1"}, true, "", pgtest.ErrUnset},
		{"explicitly not required", map[string]string{"HEJNAL_REQUIRE_POSTGRES": "0"}, false, "", pgtest.ErrUnset},
		{"given", map[string]string{"CI": "true", "HEJNAL_TEST_POSTGRES": server}, false, server, nil},
		{"given to a short run", map[string]string{"HEJNAL_TEST_POSTGRES": server}, true, server, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			url, err := pgtest.Lookup(func(name string) string { return test.environment[name] }, test.short)
			if url != test.url || !errors.Is(err, test.err) {
				t.Errorf("got %q, %v; want %q, %v", url, err, test.url, test.err)
			}
		})
	}
}

func TestEachDatabaseIsEmptyAndItsOwn(t *testing.T) {
	first, second := connect(t, pgtest.Database(t)), connect(t, pgtest.Database(t))
	if _, err := first.Exec(t.Context(), "CREATE TABLE mark (n int)"); err != nil {
		t.Fatal(err)
	}
	var tables int
	const count = "SELECT count(*) FROM pg_tables WHERE tablename = 'mark'"
	if err := second.QueryRow(t.Context(), count).Scan(&tables); err != nil {
		t.Fatal(err)
	}
	if tables != 0 {
		t.Error("a table of one database is seen in the other")
	}
}

func TestADatabaseIsGoneWhenItsTestHasEnded(t *testing.T) {
	var url string
	t.Run("inner", func(t *testing.T) {
		url = pgtest.Database(t)
		connect(t, url)
	})
	if url == "" {
		t.Skip("there was no server for the inner test")
	}
	if connection, err := pgx.Connect(t.Context(), url); err == nil {
		_ = connection.Close(t.Context())
		t.Error("the database is still there")
	}
}

// connect opens a connection that is closed after the test.
func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	connection, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close(context.WithoutCancel(t.Context())) })
	return connection
}
