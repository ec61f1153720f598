package upgrade_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// lastRelease builds the program of the last tag before the present commit and returns it with the tag. Where there is
// none, as in a copy without history, the test is skipped.
func lastRelease(t *testing.T) (program, tag string) {
	t.Helper()
	root, err := git(t.Context(), ".", "rev-parse", "--show-toplevel")
	if err != nil {
		t.Skipf("the sources have no history, so no release is known to upgrade from: %v", err)
	}
	tag, err = git(t.Context(), root, "describe", "--tags", "--abbrev=0", "HEAD^")
	if err != nil {
		t.Skipf("no release is tagged before this commit, or the history was not fetched whole: %v", err)
	}
	dir := t.TempDir()
	archive := filepath.Join(dir, "sources.tar")
	if _, err := git(t.Context(), root, "archive", "--output", archive, tag); err != nil {
		t.Fatal(err)
	}
	sources := filepath.Join(dir, "sources")
	if err := os.Mkdir(sources, 0o700); err != nil {
		t.Fatal(err)
	}
	run(t, dir, "tar", "-xf", archive, "-C", sources)
	program = filepath.Join(dir, "hejnal-"+tag)
	run(t, sources, "go", "build", "-o", program, "./cmd/hejnal")
	return program, tag
}

// present builds the program of the sources as they are.
func present(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "hejnal")
	run(t, ".", "go", "build", "-o", program, "hejnal/cmd/hejnal")
	return program
}

func run(t *testing.T, dir, program string, args ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, args...)
	command.Dir = dir
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", program, strings.Join(args, " "), err, out)
	}
}

// git asks about the sources; that somebody else owns them, as in a container, is no reason not to be told.
func git(ctx context.Context, dir string, args ...string) (string, error) {
	command := exec.CommandContext(ctx, "git", append([]string{"-c", "safe.directory=*"}, args...)...)
	command.Dir = dir
	var said bytes.Buffer
	command.Stderr = &said
	out, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, strings.TrimSpace(said.String()))
	}
	return strings.TrimSpace(string(out)), nil
}
