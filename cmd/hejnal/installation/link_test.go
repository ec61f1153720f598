package installation_test

import (
	"bytes"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/installation"
)

// noRoomForALink lets the next link that is written find a full disk.
func noRoomForALink(t *testing.T, c installation.Config) {
	t.Helper()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink("/dev/full", c.LinkFile()+".next"); err != nil {
		t.Fatal(err)
	}
}

func TestAServerStartsWithoutRoomForItsLinkAndLeavesItLater(t *testing.T) {
	var log bytes.Buffer
	c := installation.Config{Data: t.TempDir(), NATSListen: "127.0.0.1:0", Log: slog.New(slog.NewTextHandler(&log, nil))}
	stale := []byte(`{"url":"nats://127.0.0.1:1"}`)
	if err := os.WriteFile(c.LinkFile(), stale, 0o600); err != nil {
		t.Fatal(err)
	}
	noRoomForALink(t, c)
	running := begin(t, c)
	url := running.NATSURL()
	end(t, running) // after housework was done once, which finds room again
	if link, err := c.ReadLink(); err != nil || link.URL != url || link.Password == "" {
		t.Errorf("the link is %q, %v; the server was at %s", link.URL, err, url)
	}
	if times := strings.Count(log.String(), "no room for the link"); times != 1 {
		t.Errorf("the log tells of it %d times:\n%s", times, log.String())
	}
}

func TestAnyOtherReasonForALinkThatIsNotWrittenStopsAServer(t *testing.T) {
	c := installation.Config{Data: t.TempDir(), NATSListen: "127.0.0.1:0"}
	if err := os.Mkdir(c.LinkFile()+".next", 0o700); err != nil {
		t.Fatal(err)
	}
	if running, err := installation.Start(t.Context(), c); err == nil || !strings.Contains(err.Error(), "write link") {
		t.Errorf("it says %v", err)
		if err == nil {
			end(t, running)
		}
	}
	if _, err := os.Stat(c.LinkFile()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a link is there: %v", err)
	}
}
