package installation_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/events"
	"hejnal/workflow"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func begin(t *testing.T, c installation.Config) *installation.Installation {
	t.Helper()
	running, err := installation.Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return running
}

func end(t *testing.T, running *installation.Installation) {
	t.Helper()
	if err := running.Close(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsKeptIsReadableByItsOwnerAlone(t *testing.T) {
	c := installation.Config{Data: filepath.Join(t.TempDir(), "a", "data"), NATSListen: "127.0.0.1:0"}
	running := begin(t, c)
	defer end(t, running)
	if mode := modeOf(t, c.Data); mode != fs.ModeDir|0o700 {
		t.Errorf("the data directory has the mode %v", mode)
	}
	for _, name := range []string{"nats.json", "serve.lock"} {
		if mode := modeOf(t, filepath.Join(c.Data, name)); mode != 0o600 {
			t.Errorf("%s has the mode %v", name, mode)
		}
	}
}

func TestAStoreIsReadableByItsOwnerAloneInADirectoryThatOthersRead(t *testing.T) {
	c := installation.Config{Data: t.TempDir(), NATSListen: "127.0.0.1:0"}
	if err := os.Chmod(c.Data, 0o755); err != nil {
		t.Fatal(err)
	}
	running := begin(t, c)
	defer end(t, running)
	for _, beside := range []string{"", "-wal", "-shm"} {
		if mode := modeOf(t, c.StoreFile()+beside); mode != 0o600 {
			t.Errorf("%s has the mode %v", c.StoreFile()+beside, mode)
		}
	}
}

func TestAStoreThatIsNotWholeIsNotPutIntoPlace(t *testing.T) {
	c := installation.Config{Data: t.TempDir()}
	stage, err := c.Stage()
	if err != nil {
		t.Fatal(err)
	}
	for _, beside := range []string{"", "-wal"} {
		if err := os.WriteFile(stage.Config.StoreFile()+beside, []byte("rows"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := stage.Place(); err == nil {
		t.Error("it is put into place without what was written last")
	}
	if _, err := os.Stat(c.StoreFile()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it stands in its place: %v", err)
	}
	if err := stage.Close(); err != nil {
		t.Error(err)
	}
}

func TestAFolderForDocumentsThatHoldsNoneIsAsGoodAsNone(t *testing.T) {
	c := installation.Config{Data: t.TempDir()}
	files := filepath.Join(c.Data, "files")
	for _, made := range []string{"folder", "folder with a document", "file"} {
		if err := os.RemoveAll(files); err != nil {
			t.Fatal(err)
		}
		var err error
		if made == "file" {
			err = os.WriteFile(files, nil, 0o600)
		} else {
			err = os.MkdirAll(filepath.Join(files, strings.TrimPrefix(made, "folder")), 0o700)
		}
		if err != nil {
			t.Fatal(err)
		}
		stage, err := c.Stage()
		if (err == nil) != (made == "folder") {
			t.Errorf("with a %s it says %v", made, err)
		}
		if err == nil {
			err = stage.Close()
		} else {
			_, err = os.Stat(files)
		}
		if err != nil {
			t.Errorf("behind a %s: %v", made, err)
		}
	}
}

func modeOf(t *testing.T, name string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode()
}

func TestTheLinkLeadsToTheRunningServer(t *testing.T) {
	c := installation.Config{Data: t.TempDir(), NATSListen: "127.0.0.1:0"}
	if _, err := c.ReadLink(); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "hejnal serve") {
		t.Errorf("before the first start it says %v", err)
	}
	running := begin(t, c)
	first, err := c.ReadLink()
	if err != nil || first.URL != running.NATSURL() || first.Password == "" {
		t.Errorf("the link is %q, %v; the server is at %s", first.URL, err, running.NATSURL())
	}
	end(t, running)
	running = begin(t, c)
	second, err := c.ReadLink()
	if err != nil || second.URL != running.NATSURL() || second.Password == first.Password {
		t.Errorf("after a restart the link is %q, %v, with a new password: %v", second.URL, err, second.Password != first.Password)
	}
	end(t, running)
	if err := os.WriteFile(filepath.Join(c.Data, "nats.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := c.ReadLink(); err == nil {
		t.Error("a broken link is read")
	}
}

func TestAnInstallationOverNATSOutsideStartsWithoutItAndLeavesNoLink(t *testing.T) {
	c := installation.Config{Data: t.TempDir(), NATSListen: "127.0.0.1:0"}
	end(t, begin(t, c))
	c.NATS = "nats://city:secret@127.0.0.1:1,127.0.0.1:2"
	running := begin(t, c)
	if _, err := c.ReadLink(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the link of the embedded server is still there, or %v", err)
	}
	if running.NATSURL() != "nats://127.0.0.1:1,nats://127.0.0.1:2" {
		t.Errorf("subscribers are sent to %s", running.NATSURL())
	}
	if _, err := running.Engine.AddPerson(t.Context(), engine.NewPerson{Name: "anna", Roles: []workflow.Role{workflow.Official}}); err != nil {
		t.Error(err)
	}
	end(t, running)
}

func TestOneServerAtATimeUsesADirectory(t *testing.T) {
	c := installation.Config{Data: t.TempDir()}
	running := begin(t, c)
	if second, err := installation.Start(t.Context(), c); !errors.Is(err, installation.ErrInUse) {
		t.Errorf("a second one is told %v", err)
		if err == nil {
			end(t, second)
		}
	}
	end(t, running)
	end(t, begin(t, c))
}

func TestAStartThatEndsHalfWayLeavesNothingLockedAndNothingRunning(t *testing.T) {
	c := installation.Config{Data: t.TempDir()}
	wrong := c
	wrong.NATSListen = "127.0.0.1:none"
	for range 2 {
		if _, err := installation.Start(t.Context(), wrong); err == nil || errors.Is(err, installation.ErrInUse) {
			t.Fatalf("it says %v", err)
		}
	}
	end(t, begin(t, c))
}

func TestWhatIsCommittedIsPublished(t *testing.T) {
	running := begin(t, installation.Config{Data: t.TempDir()})
	defer end(t, running)
	if running.NATSURL() != "" {
		t.Errorf("it listens on %s without being told to", running.NATSURL())
	}
	_, err := running.Engine.AddPerson(t.Context(), engine.NewPerson{Name: "anna", Roles: []workflow.Role{workflow.Official}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for _, relay := range running.Relays() {
		if relay.Status().Stream == events.StreamInternal {
			if err := relay.WaitFor(ctx, 1); err != nil {
				t.Error(err)
			}
		}
	}
}
