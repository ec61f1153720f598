package eventstest

import (
	"bytes"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

// blocks are the files of the messages of streams below a directory, in order.
func blocks(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".blk" {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatal("there are no files to damage")
	}
	return found
}

// spoil turns bytes of a file over.
func spoil(t *testing.T, path string, from, length int) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := from; i < from+length; i++ {
		text[i] ^= 0xa5
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// record is a log that can be read while it is written.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(p)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

// damageTail makes a stream that tells of another end than it goes by, with a
// durable, and events that wait.
func damageTail(t *testing.T, b *bench) {
	t.Helper()
	relay, stop := b.run(t, "one")
	settle(t, relay, b.feed.Append(prefix, 300))
	stop()
	_, js := b.connect(t)
	if _, err := js.CreateConsumer(t.Context(), events.StreamInternal, jetstream.ConsumerConfig{Durable: "reader"}); err != nil {
		t.Fatal(err)
	}
	b.server.Restart(t, func(dir string) {
		all := blocks(t, dir)
		spoil(t, all[len(all)-1], 0, 64)
	})
	b.feed.Append(prefix, 3)
	_, js = b.connect(t)
	if last := state(t, js).LastSeq; last == 300 {
		t.Fatal("the damage does no harm")
	}
}

// mended fails unless the stream holds everything and the durable is there.
func (b *bench) mended(t *testing.T) {
	t.Helper()
	b.same(t, 1)
	_, js := b.connect(t)
	if _, err := js.Consumer(t.Context(), events.StreamInternal, "reader"); err != nil {
		t.Errorf("the durable did not come back: %v", err)
	}
}

func damagedTail(t *testing.T, b *bench) {
	t.Helper()
	damageTail(t, b)
	log := &record{}
	b.log = slog.New(slog.NewTextHandler(log, nil))
	relay, _ := b.run(t, "two")
	if status := become(t, relay, events.StateStalled); !strings.Contains(status.LastError, "files are damaged") {
		t.Errorf("status %+v", status)
	}
	settle(t, relay, 303)
	b.mended(t)
	if s := become(t, relay, events.StateHealthy); s.Stalls != 1 || s.Remakes != 1 || s.Failures < 2 || s.Published != 303 {
		t.Errorf("it counted %+v", s.Counts)
	}
	for _, told := range []string{"level=ERROR", "files are damaged", "is made anew from the store", "was made anew"} {
		if !strings.Contains(log.String(), told) {
			t.Errorf("the log does not say %q:\n%s", told, log)
		}
	}
}

func damagedTailByHand(t *testing.T, b *bench) {
	t.Helper()
	damageTail(t, b)
	if err := b.relay(t, "beside").CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.mended(t)
}

// verify answers the first difference between the stream and the feed.
func (b *bench) verify(t *testing.T) (first events.Difference, differs bool) {
	t.Helper()
	_, js := b.connect(t)
	first, differs, err := events.Verify(t.Context(), js, events.StreamInternal, b.feed)
	if err != nil {
		t.Fatal(err)
	}
	return first, differs
}

func damagedEvent(t *testing.T, b *bench) {
	t.Helper()
	relay, stop := b.run(t, "one")
	settle(t, relay, b.feed.Append(prefix, 600))
	stop()
	if difference, differs := b.verify(t); differs {
		t.Fatalf("a whole stream is told of: %v", difference)
	}
	b.server.Restart(t, func(dir string) {
		path := blocks(t, dir)[0]
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		at := bytes.Index(text, []byte("event-300"))
		if at < 0 {
			t.Fatal("the event is not in the file as it is")
		}
		spoil(t, path, at+20, 1)
	})
	if difference, differs := b.verify(t); !differs || difference.Sequence < 1 || difference.Sequence > 300 {
		t.Fatalf("the difference is %v", difference)
	}
	relay, _ = b.run(t, "two")
	if err := relay.Repair(t.Context()); err != nil {
		t.Fatal(err)
	}
	if difference, differs := b.verify(t); differs {
		t.Errorf("after a repair: %v", difference)
	}
	b.same(t, 1)
}

// verifiedBetween verifies a stream that is only made while it is looked for, as when another process makes it anew.
func verifiedBetween(t *testing.T, b *bench) {
	t.Helper()
	b.feed.Append(prefix, 20)
	made := make(chan error, 1)
	relay := b.relay(t, "leader")
	go func() {
		time.Sleep(300 * time.Millisecond)
		made <- relay.CatchUp(t.Context())
	}()
	if difference, differs := b.verify(t); differs {
		t.Errorf("a stream that was away for a moment differs: %v", difference)
	}
	if err := <-made; err != nil {
		t.Error(err)
	}
}

func differences(t *testing.T, b *bench) {
	t.Helper()
	b.feed.Append(prefix, 700)
	_, js := b.connect(t)
	if err := events.EnsureStreams(t.Context(), js, subjects, 1); err != nil {
		t.Fatal(err)
	}
	b.send(t, js, 650)
	if difference, differs := b.verify(t); differs {
		t.Errorf("what waits is told of: %v", difference)
	}
	for what, change := range map[string]func(*events.Message){
		"subject": func(m *events.Message) { m.Subject += "x" },
		"id":      func(m *events.Message) { m.ID += "x" },
		"text":    func(m *events.Message) { m.Text = bytes.Replace(m.Text, []byte("note"), []byte("nota"), 1) },
	} {
		for _, pos := range []int64{1, 512, 513, 650} {
			other := &Feed{}
			messages, err := b.feed.After(t.Context(), 0, 700)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range messages {
				if m.Pos == pos {
					change(&m)
				}
				other.Add(m)
			}
			difference, differs, err := events.Verify(t.Context(), js, events.StreamInternal, other)
			if err != nil || !differs || difference.Sequence != pos || !strings.Contains(difference.String(), what) {
				t.Errorf("another %s at %d: %v, %v", what, pos, difference, err)
			}
		}
	}
}
