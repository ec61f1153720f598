package installation_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"hejnal/cmd/hejnal/installation"
	"hejnal/store/sqlite"
)

func TestEmbeddedStreamsOfTwoDirectoriesAreLedApart(t *testing.T) {
	kept, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "hejnal.sqlite"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	take := func(c installation.Config, holder string) bool {
		t.Helper()
		lease, err := c.Lease(kept)
		if err != nil {
			t.Fatal(err)
		}
		held, err := lease.Acquire(t.Context(), "COOPERATION", holder, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		return held
	}
	here, there := installation.Config{Data: t.TempDir()}, installation.Config{Data: t.TempDir()}
	if !take(here, "a") || !take(there, "b") {
		t.Error("two directories share a lease")
	}
	if take(here, "c") {
		t.Error("one directory was led twice")
	}
	outside := installation.Config{NATS: "nats://127.0.0.1:4222"}
	if !take(outside, "a") || take(outside, "b") {
		t.Error("streams outside are led by one process at a time")
	}
	named, err := os.ReadFile(filepath.Join(here.Data, "instance"))
	if err != nil || len(named) != 36 {
		t.Errorf("the directory is named %q, %v", named, err)
	}
}
