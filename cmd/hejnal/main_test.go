package main_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	program "hejnal/cmd/hejnal"
	"hejnal/tools/browser"
	"hejnal/workflow"
)

func TestMain(m *testing.M) {
	testscript.Main(browser.Main(m), map[string]func(){"hejnal": program.Main, "nats-node": natsServer})
}

func TestCommandsWithoutAServer(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata", RequireExplicitExec: true, RequireUniqueNames: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"code": code, "definition": definition},
	})
}

// code runs a program that must end with the exit code given first.
func code(script *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		script.Fatalf("usage: code N program [argument ...]")
	}
	err := script.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case err == nil:
		script.Fatalf("it ended with 0, not %s", args[0])
	case !errors.As(err, &exit):
		script.Fatalf("run: %v", err)
	case strconv.Itoa(exit.ExitCode()) != args[0]:
		script.Fatalf("it ended with %d, not %s", exit.ExitCode(), args[0])
	}
}

// definition writes a built-in definition into a file, each OLD text of it replaced by the NEW one behind it.
func definition(script *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 || len(args)%2 != 0 {
		script.Fatalf("usage: definition NAME FILE [OLD NEW ...]")
	}
	text, err := fs.ReadFile(workflow.Definitions, args[0])
	script.Check(err)
	for edit := range slices.Chunk(args[2:], 2) {
		if !bytes.Contains(text, []byte(edit[0])) {
			script.Fatalf("%s has no %q", args[0], edit[0])
		}
		text = bytes.ReplaceAll(text, []byte(edit[0]), []byte(edit[1]))
	}
	script.Check(os.WriteFile(script.MkAbs(args[1]), text, 0o600))
}
