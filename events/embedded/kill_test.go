package embedded_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/goleak"

	"hejnal/events"
	"hejnal/events/embedded"
	"hejnal/events/eventstest"
)

const victimDir = "HEJNAL_TEST_VICTIM_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(victimDir); dir != "" {
		if err := victim(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

// fileFeed is a feed whose head is the size of a file: one byte for each event.
type fileFeed struct{ path string }

func (f fileFeed) commit(n int) error {
	file, err := os.OpenFile(f.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := file.Write(make([]byte, n)); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	return file.Close()
}

// Head implements events.Feed.
func (f fileFeed) Head(context.Context) (int64, error) {
	info, err := os.Stat(f.path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// After implements events.Feed.
func (f fileFeed) After(ctx context.Context, pos int64, limit int) ([]events.Message, error) {
	head, err := f.Head(ctx)
	if err != nil {
		return nil, err
	}
	var out []events.Message
	for p := pos + 1; p <= min(head, pos+int64(limit)); p++ {
		out = append(out, eventstest.Message("krakow.cooperation", p))
	}
	return out, nil
}

// engine is a server and a relay over the feed of a directory.
type engine struct {
	server *embedded.Server
	conn   *nats.Conn
	relay  *events.Relay
	feed   fileFeed
}

func startEngine(dir string) (*engine, error) {
	e := &engine{feed: fileFeed{filepath.Join(dir, "feed")}}
	if err := e.feed.commit(0); err != nil {
		return nil, err
	}
	var err error
	e.server, err = embedded.Start(embedded.Options{Dir: filepath.Join(dir, "nats"), DontListen: true, Password: "internal"})
	if err != nil {
		return nil, err
	}
	if e.conn, err = e.server.Connect(); err != nil {
		return nil, err
	}
	stream, _ := events.Streams(events.Subjects{}, 1)
	e.relay, err = events.NewRelay(events.RelayOptions{
		Conn: e.conn, Stream: stream, Feed: e.feed, Lease: &eventstest.Lease{}, Holder: "engine", NewID: nats.NewInbox,
	})
	return e, err
}

// victim commits and publishes until it is killed, and tells the head it saw in
// the stream.
func victim(dir string) error {
	e, err := startEngine(dir)
	if err != nil {
		return err
	}
	go func() { _ = e.relay.Run(context.Background()) }()
	for i := 0; ; i++ {
		if err := e.feed.commit(1 + i%30); err != nil {
			return err
		}
		e.relay.Wake()
		fmt.Println(e.relay.Status().Last)
	}
}

func TestAKilledProcessLosesAndDoublesNothing(t *testing.T) {
	dir := t.TempDir()
	published := int64(0)
	for range 4 {
		published = killAfter(t, dir, published+300)
	}
	e, err := startEngine(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- e.relay.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		e.conn.Close()
		if err := e.server.Shutdown(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	if err := e.feed.commit(1); err != nil {
		t.Fatal(err)
	}
	head, err := e.feed.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	wait, stop := context.WithTimeout(ctx, 30*time.Second)
	defer stop()
	if err := e.relay.WaitFor(wait, head); err != nil {
		t.Fatalf("%v; status %+v", err, e.relay.Status())
	}
	js, err := jetstream.New(e.conn)
	if err != nil {
		t.Fatal(err)
	}
	eventstest.Same(t, js, e.feed, 1)
}

// killAfter runs a victim until the stream holds a position, kills it without
// warning and returns the last position it told of.
func killAfter(t *testing.T, dir string, pos int64) int64 {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), victimDir+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	last := int64(0)
	for lines := bufio.NewScanner(out); last < pos && lines.Scan(); {
		if last, err = strconv.ParseInt(strings.TrimSpace(lines.Text()), 10, 64); err != nil {
			t.Errorf("the victim said %q", lines.Text())
			break
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil || last < pos {
		t.Fatalf("the victim ended by itself at %d: %v", last, err)
	}
	return last
}
