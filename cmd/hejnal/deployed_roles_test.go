package main_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"hejnal/tools/pgtest"
)

func leave(t *testing.T, connection *pgx.Conn) {
	t.Helper()
	if err := connection.Close(context.WithoutCancel(t.Context())); err != nil {
		t.Error(err)
	}
}

// withoutComments takes the comment lines of psql scripts out.
func withoutComments(script string) string {
	var rest strings.Builder
	for line := range strings.Lines(script) {
		if !strings.HasPrefix(line, "--") {
			rest.WriteString(line)
		}
	}
	return strings.TrimSuffix(strings.TrimSpace(rest.String()), ";")
}

func TestTheProgramWorksWithTheRightsThatRolesGive(t *testing.T) {
	long(t)
	server := pgtest.Database(t)
	superuser, err := pgx.Connect(t.Context(), server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { leave(t, superuser) })
	location, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	// Roles belong to the whole server, which other tests share.
	name := strings.Replace(strings.TrimPrefix(location.Path, "/"), "test", "roles", 1)
	script := strings.NewReplacer("hejnal", name, "replicator", name+"_standby", "postgres, template1 FROM", strings.TrimPrefix(location.Path, "/")+" FROM").
		Replace(readDeployed(t, "postgres/roles.sql"))
	for statement := range strings.SplitSeq(withoutComments(script), ";") {
		if _, err := superuser.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	t.Cleanup(func() {
		for _, statement := range []string{"DROP DATABASE %s WITH (FORCE)", "DROP ROLE %s", "DROP ROLE %s_standby"} {
			if _, err := superuser.Exec(context.WithoutCancel(t.Context()), fmt.Sprintf(statement, name)); err != nil {
				t.Error(err)
			}
		}
	})
	if _, err := superuser.Exec(t.Context(), fmt.Sprintf("ALTER ROLE %s PASSWORD 'least'", name)); err != nil {
		t.Fatal(err)
	}
	other := strings.TrimPrefix(location.Path, "/")
	location.User, location.Path = url.UserPassword(name, "least"), "/"+name
	data := t.TempDir()
	more := []string{"--database", location.String()}
	hejnal(t, data, append([]string{"user", "add", "anna.nowak", "--role", "official"}, more...)...)
	s := start(t, data, hejnal(t, data, append([]string{"token", "create", "--user", "anna.nowak"}, more...)...), more...)
	s.contact(t, s.open(t))
	s.stop(t)

	elsewhere := *location
	elsewhere.Path = "/" + other
	if _, err := pgx.Connect(t.Context(), elsewhere.String()); err == nil || !strings.Contains(err.Error(), "42501") {
		t.Errorf("it connects to a database of others: %v", err)
	}
	least, err := pgx.Connect(t.Context(), location.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { leave(t, least) })
	for _, beyond := range []string{"CREATE ROLE " + name + "_more", "CREATE DATABASE " + name + "_more", "COPY (SELECT 1) TO PROGRAM 'true'"} {
		if _, err := least.Exec(t.Context(), beyond); err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("%s: %v", beyond, err)
		}
	}
}
