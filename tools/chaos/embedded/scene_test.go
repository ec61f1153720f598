package embedded_test

import (
	"context"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"hejnal/tools/chaos/embedded"
)

// kills is how often the process is killed: make test does it a few times, `go test ./tools/chaos/embedded -run Killed
// -kills 100` as often as an operator should want.
var kills = flag.Int("kills", 15, "how often the process is killed under load")

// long leaves a test to the full run.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it breaks an installation under load, which the short run does not")
	}
}

var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "hejnal-embedded")
	if err != nil {
		return "", err
	}
	program := filepath.Join(dir, "hejnal")
	out, err := exec.CommandContext(context.Background(), "go", "build", "-o", program, "hejnal/cmd/hejnal").CombinedOutput()
	if err != nil {
		_, _ = os.Stderr.Write(out)
	}
	return program, err
})

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if !testing.Short() {
		if program, err := built(); err == nil {
			_ = os.RemoveAll(filepath.Dir(program))
		}
	}
	os.Exit(code)
}

// newScene makes an installation with its data where it is said; empty: in a directory of the test.
func newScene(t *testing.T, data string) *embedded.Scene {
	t.Helper()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	options := embedded.Options{Program: program, Dir: t.TempDir(), Data: data, Clients: 8, Seed: rand.Uint64(), Say: t.Logf}
	t.Logf("seed %d", options.Seed)
	s, err := embedded.NewScene(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if log, err := os.ReadFile(s.Data + ".log"); err == nil && t.Failed() {
			t.Logf("the log ends with\n%s", log[max(0, len(log)-4000):])
		}
	})
	return s
}

// judge fails the test for everything that the checker finds.
func judge(t *testing.T, s *embedded.Scene, atLeast int) {
	t.Helper()
	report, err := s.Judge(t.Context())
	if err != nil {
		t.Error(err)
	}
	t.Log(report.String())
	if !report.OK() {
		t.Errorf("%d violations, %d undecided", len(report.Violations), len(report.Undecided))
	}
	if report.Acknowledged < atLeast {
		t.Errorf("only %d commands were accepted, which proves little", report.Acknowledged)
	}
}

func TestNothingIsLostHoweverOftenTheProcessIsKilled(t *testing.T) {
	long(t)
	s := newScene(t, "")
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute+time.Duration(*kills)*5*time.Second)
	defer cancel()
	if err := s.Under(ctx, func(ctx context.Context) error { return s.Kills(ctx, *kills) }); err != nil {
		t.Fatal(err)
	}
	judge(t, s, *kills) // between two kills something was accepted
}
