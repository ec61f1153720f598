package main_test

import (
	"regexp"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rogpeppe/go-internal/testscript"

	"hejnal/cmd/hejnal/installation"
)

// scripted runs a script against a server of its own. The script finds the server and its data directory in the
// environment, and so do the commands that it runs; the token is that of somebody with the roles.
func scripted(t *testing.T, file string, roles ...string) {
	t.Helper()
	s := start(t, t.TempDir(), "")
	add := []string{"user", "add", "clerk"}
	for _, role := range roles {
		add = append(add, "--role", role)
	}
	hejnal(t, s.data, add...)
	token := hejnal(t, s.data, "token", "create", "--user", "clerk")
	testscript.Run(t, testscript.Params{
		Files: []string{file}, RequireExplicitExec: true, RequireUniqueNames: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": code, "keep": keep, "caughtup": caughtUp(t, s), "damage": damage(t, s),
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("HEJNAL_SERVER", s.url)
			env.Setenv("HEJNAL_DATA", s.data)
			env.Setenv("HEJNAL_TOKEN", token)
			env.Setenv("HEJNAL_LANG", "en")
			return nil
		},
	})
}

// keep puts what a group of a pattern matched in the last standard output into an environment variable.
func keep(script *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 2 {
		script.Fatalf("usage: keep VARIABLE PATTERN")
	}
	found := regexp.MustCompile("(?m)" + args[1]).FindStringSubmatch(script.ReadFile("stdout"))
	if len(found) != 2 {
		script.Fatalf("%q matches nothing", args[1])
	}
	script.Setenv(args[0], found[1])
}

func TestCasesByCommands(t *testing.T) {
	scripted(t, "testdata/served/cases.txtar", "official", "president", "secretariat", "lawyer")
}

func TestStreamsByCommands(t *testing.T) {
	scripted(t, "testdata/served/streams.txtar", "official")
}

// caughtUp waits until the internal stream holds everything that is committed.
func caughtUp(t *testing.T, s *server) func(*testscript.TestScript, bool, []string) {
	t.Helper()
	return func(*testscript.TestScript, bool, []string) { s.stream(t) }
}

// damage deletes a stream behind the server's back and puts one that begins too late in its place.
func damage(t *testing.T, s *server) func(*testscript.TestScript, bool, []string) {
	t.Helper()
	return func(script *testscript.TestScript, _ bool, args []string) {
		link, err := installation.Config{Data: s.data}.ReadLink()
		script.Check(err)
		conn, err := nats.Connect(link.URL, nats.UserInfo(link.User, link.Password))
		script.Check(err)
		defer conn.Close()
		js, err := jetstream.New(conn)
		script.Check(err)
		stream, err := js.Stream(t.Context(), args[0])
		script.Check(err)
		config := stream.CachedInfo().Config
		script.Check(js.DeleteStream(t.Context(), args[0]))
		config.FirstSeq = 1000
		_, err = js.CreateStream(t.Context(), config)
		script.Check(err)
	}
}
