package embedded_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"hejnal/events/embedded"
)

// heard keeps the records of a log.
type heard struct {
	mu      sync.Mutex
	records []slog.Record
}

func (h *heard) Enabled(context.Context, slog.Level) bool { return true }
func (h *heard) WithAttrs(said []slog.Attr) slog.Handler  { return &hearing{h, said} }
func (h *heard) WithGroup(string) slog.Handler            { return h }

func (h *heard) Handle(_ context.Context, record slog.Record) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.records = append(h.records, record)
	return nil
}

// hearing hears records of which something is said beforehand.
type hearing struct {
	*heard
	said []slog.Attr
}

func (h *hearing) Handle(ctx context.Context, record slog.Record) error {
	record.AddAttrs(h.said...)
	return h.heard.Handle(ctx, record)
}

// told are the records of a message, as many as there are now.
func (h *heard) told(message string) []slog.Record {
	h.mu.Lock()
	defer h.mu.Unlock()
	var found []slog.Record
	for _, record := range h.records {
		if record.Message == message {
			found = append(found, record)
		}
	}
	return found
}

func (h *heard) into(options *embedded.Options) { options.Log = slog.New(h) }

// of is the value of an attribute of a record; nil where it has none.
func of(record slog.Record, name string) any {
	var value any
	record.Attrs(func(a slog.Attr) bool {
		if a.Key == name {
			value = a.Value.Any()
		}
		return true
	})
	return value
}

const state = "$JS.API.STREAM.INFO." + streamS

// flood repeats what does not stop by itself, until the test is done with it, at least once.
func flood(t *testing.T, g *guest, once func() error) (stop func()) {
	t.Helper()
	ended, done, begun := make(chan struct{}), make(chan error, 1), make(chan struct{})
	go func() {
		for n := 0; ; n++ {
			for range 100 {
				if err := once(); err != nil {
					done <- err
					return
				}
			}
			if err := g.Flush(); err != nil {
				done <- err
				return
			}
			if n == 50 {
				close(begun)
			}
			select {
			case <-ended:
				done <- nil
				return
			default:
			}
		}
	}()
	<-begun
	return func() {
		close(ended)
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestASubscriberThatAsksWithoutEndKeepsNobodyWaiting(t *testing.T) {
	log := &heard{}
	h := open(t, log.into)
	h.admit(t, "council", tasks)
	h.admit(t, "archive", tasks)
	noisy, other := h.enter(t, "council"), h.enter(t, "archive")
	begun := time.Now()
	stop := flood(t, noisy, func() error { return noisy.PublishRequest(state, "_INBOX_council.x", nil) })
	for i := range 20 {
		if _, err := other.Request(state, nil, 2*time.Second); err != nil {
			t.Errorf("request %d of the other subscriber: %v", i, err)
		}
	}
	stop()
	told := log.told("too many requests of a subscriber at once")
	if most := 2 + int(time.Since(begun)/time.Second); len(told) == 0 || len(told) > most {
		t.Errorf("%d records of requests that were dropped, want 1 to %d", len(told), most)
	}
	for _, record := range told {
		if of(record, "user") != "council" {
			t.Errorf("the noise is said to be that of %v", of(record, "user"))
		}
	}
}

func TestWhatWasLeftOutOfTheLogIsCounted(t *testing.T) {
	log := &heard{}
	h := open(t, log.into)
	h.admit(t, "council", tasks)
	noisy := h.enter(t, "council")
	defer flood(t, noisy, func() error { return noisy.PublishRequest(state, "_INBOX_council.x", nil) })()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		told := log.told("too many requests of a subscriber at once")
		if len(told) < 2 {
			continue
		}
		if more, ok := of(told[1], "more").(int64); !ok || more < 1 {
			t.Errorf("the second record counts %v more", of(told[1], "more"))
		}
		return
	}
	t.Error("there is no second record")
}

func TestARequestThatIsTooLargeIsNotKept(t *testing.T) {
	log := &heard{}
	h := open(t, log.into)
	h.admit(t, "council", tasks)
	if answer, refused := h.enter(t, "council").ask(t, state, strings.Repeat("x", 17<<10)); !refused {
		t.Errorf("it was answered: %s", answer)
	}
	if n := len(log.told("a subscriber's request is too large")); n != 1 {
		t.Errorf("%d records", n)
	}
}

func TestWhatClientsDoWrongIsToldSeldomAndIsNoError(t *testing.T) {
	log := &heard{}
	h := open(t, log.into)
	h.admit(t, "council", tasks)
	noisy := h.enter(t, "council")
	begun := time.Now()
	flood(t, noisy, func() error { return noisy.Publish("forged", nil) })()
	told := log.told("NATS server")
	if most := 2 + int(time.Since(begun)/time.Second); len(told) == 0 || len(told) > most {
		t.Errorf("%d records, want 1 to %d", len(told), most)
	}
	for _, record := range told {
		if said, ok := of(record, "says").(string); record.Level != slog.LevelWarn || !ok || !strings.Contains(said, "Violation") {
			t.Errorf("%s: %v", record.Level, said)
		}
	}
}

func TestAnAddressThatIsTakenIsToldFromOtherFailures(t *testing.T) {
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := taken.Close(); err != nil {
			t.Error(err)
		}
	})
	port := taken.Addr().(*net.TCPAddr).Port
	for name, c := range map[string]struct {
		options embedded.Options
		listens bool
	}{
		"a taken port":           {embedded.Options{Dir: t.TempDir(), Password: "p", Port: port}, true},
		"everybody, without TLS": {embedded.Options{Dir: t.TempDir(), Password: "p", Host: "0.0.0.0"}, true},
		"no directory":           {embedded.Options{Dir: "main_test.go", Password: "p"}, false},
	} {
		_, err := embedded.Start(c.options)
		if err == nil || errors.Is(err, embedded.ErrListen) != c.listens {
			t.Errorf("%s: %v", name, err)
		}
	}
}
