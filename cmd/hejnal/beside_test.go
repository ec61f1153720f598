package main_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

func TestPeopleAndTokensHoldAtOnceBesideARunningServer(t *testing.T) {
	s := start(t, t.TempDir(), "")
	hejnal(t, s.data, "user", "add", "anna.nowak", "--role", "official")
	s.token = hejnal(t, s.data, "token", "create", "--user", "anna.nowak")
	proposal := s.open(t)
	s.contact(t, proposal)
	hejnal(t, s.data, "user", "disable", "anna.nowak")
	for _, path := range []string{proposal, "/api/v1/me"} {
		if status, text := s.send(t, http.MethodGet, path, ""); status != http.StatusUnauthorized {
			t.Errorf("the token of a disabled person got %d %s", status, text)
		}
	}
	s.stop(t)
}

// login is what hejnal subscriber add prints.
type login struct{ User, Password string }

func subscriber(t *testing.T, data, name string, more ...string) login {
	t.Helper()
	var made login
	if err := json.Unmarshal([]byte(hejnal(t, data, append([]string{"subscriber", "add", name}, more...)...)), &made); err != nil {
		t.Fatal(err)
	}
	return made
}

// durable opens the durable consumer of a subscriber who signs in.
func (l login) durable(t *testing.T, url string) jetstream.Consumer {
	t.Helper()
	js := jetStream(t, url, nats.UserInfo(l.User, l.Password), nats.CustomInboxPrefix("_INBOX_"+l.User))
	consumer, err := js.Consumer(t.Context(), events.StreamInternal, l.User)
	if err != nil {
		t.Fatal(err)
	}
	return consumer
}

// next waits for a message; the nodes of a cluster may not know yet who leads a new consumer.
func next(consumer jetstream.Consumer) (jetstream.Msg, error) {
	for late := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		message, err := consumer.Next(jetstream.FetchMaxWait(20 * time.Second))
		if !errors.Is(err, nats.ErrNoResponders) || time.Now().After(late) {
			return message, err
		}
	}
}

// take reads and acknowledges the next events of a durable and answers their sequences.
func take(t *testing.T, consumer jetstream.Consumer, count int) []uint64 {
	t.Helper()
	var sequences []uint64
	for range count {
		message, err := next(consumer)
		if err != nil {
			t.Fatalf("after %v: %v", sequences, err)
		}
		meta, err := message.Metadata()
		if err != nil {
			t.Fatal(err)
		}
		if err := message.DoubleAck(t.Context()); err != nil {
			t.Fatal(err)
		}
		sequences = append(sequences, meta.Sequence.Stream)
	}
	return sequences
}

func TestASubscriberKeepsItsPlaceOverRestartsAndStartsAnewAfterALostStream(t *testing.T) {
	long(t)
	data := t.TempDir()
	council := subscriber(t, data, "council", "--allow", "krakow.cooperation.admin.>")
	for _, name := range []string{"anna", "jan", "ewa"} {
		hejnal(t, data, "user", "add", name, "--role", "official")
	}
	s := start(t, data, "")
	wantSequences(t, take(t, council.durable(t, natsURL(t, data)), 2), 1, 2)
	s.stop(t)
	s = start(t, data, "")
	wantSequences(t, take(t, council.durable(t, natsURL(t, data)), 1), 3)
	s.stop(t)
	if err := os.RemoveAll(filepath.Join(data, "streams")); err != nil {
		t.Fatal(err)
	}
	s = start(t, data, "")
	if made := operatorSees(t, data, "council"); made.Delivered.Stream != 0 {
		t.Errorf("the durable was made again behind event %d", made.Delivered.Stream)
	}
	wantSequences(t, take(t, council.durable(t, natsURL(t, data)), 4), 1, 2, 3, 4)
	s.stop(t)
}

func wantSequences(t *testing.T, got []uint64, want ...uint64) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got the events %v, want %v", got, want)
	}
}

// operatorSees looks at a durable as whoever runs the server, before its subscriber has connected.
func operatorSees(t *testing.T, data, name string) *jetstream.ConsumerInfo {
	t.Helper()
	link := linkOf(t, data)
	conn, err := nats.Connect(link.URL, nats.UserInfo(link.User, link.Password))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	consumer, err := js.Consumer(t.Context(), events.StreamInternal, name)
	if err != nil {
		t.Fatal(err)
	}
	return consumer.CachedInfo()
}

func TestAServerThatIsStoppedAtWorkLosesNothingAndLeavesNothingLocked(t *testing.T) {
	long(t)
	data := t.TempDir()
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	token := hejnal(t, data, "token", "create", "--user", "anna.nowak")
	var accepted sync.Map
	for round := range 3 {
		s := start(t, data, token)
		var writers sync.WaitGroup
		for worker := range 4 {
			writers.Go(func() { s.write(&accepted, worker, round) })
		}
		time.Sleep(300 * time.Millisecond)
		s.stop(t)
		writers.Wait()
	}
	s := start(t, data, token)
	stream := s.stream(t)
	s.stop(t)
	kept := openStore(t, data)
	defer closing(t, kept)
	compare(t, kept, stream)
	for _, message := range stream {
		accepted.Delete(message.id)
	}
	accepted.Range(func(id, ok any) bool {
		t.Errorf("%v was accepted (%v) and is not in the stream", id, ok)
		return true
	})
}

// refused starts a server that must not start, and answers what it says.
func refused(t *testing.T, data string, more ...string) string {
	t.Helper()
	return refusedWith(t, 1, data, more...)
}

func refusedWith(t *testing.T, code int, data string, more ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	args := append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0", "--nats-listen", "127.0.0.1:0"}, more...)
	command := exec.CommandContext(ctx, "hejnal", args...)
	var said strings.Builder
	command.Stderr = &said
	out, err := command.Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != code || len(out) > 0 {
		t.Errorf("it ended with %v and printed %q", err, out)
	}
	if !strings.Contains("\n"+said.String(), "\nhejnal: ") {
		t.Errorf("it does not say why, but %q", said.String())
	}
	return said.String()
}

func TestASecondServerOnTheSameDirectoryIsRefused(t *testing.T) {
	s := start(t, t.TempDir(), "")
	wantLine(t, refused(t, s.data), "another hejnal serve runs on this data directory", s.data)
	s.ready(t)
	s.stop(t)
	start(t, s.data, "").stop(t)
}

func TestWhatStandsInTheWayOfAServerIsNamedAndNothingStaysLocked(t *testing.T) {
	long(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, taken)
	port := taken.Addr().String()
	for name, test := range map[string]struct {
		inTheWay string // a file in the data directory where a directory belongs, or the other way round
		file     bool
		flags    []string
		says     []string
		wrongUse bool // the command line is wrong, whatever the machine is like
	}{
		"the port of the pages is taken":     {flags: []string{"--listen", port}, says: []string{port, "in use"}},
		"the port of NATS is taken":          {flags: []string{"--nats-listen", port}, says: []string{port, "in use"}},
		"the store cannot be opened":         {inTheWay: "hejnal.sqlite", says: []string{"hejnal.sqlite"}},
		"the streams cannot be kept":         {inTheWay: "streams", file: true, says: []string{"streams"}},
		"the files cannot be kept":           {inTheWay: "files", file: true, says: []string{"files"}},
		"the link cannot be left":            {inTheWay: "nats.json", says: []string{"nats.json"}},
		"the address has no port":            {flags: []string{"--listen", "127.0.0.1"}, says: []string{"127.0.0.1", "port"}},
		"the address of NATS has no port":    {flags: []string{"--nats-listen", "localhost"}, says: []string{"--nats-listen", "localhost"}, wrongUse: true},
		"others could reach NATS in clear":   {flags: []string{"--nats-listen", "0.0.0.0:0"}, says: []string{"0.0.0.0", "TLS"}},
		"there are no such definitions":      {flags: []string{"--definitions", "does/not/exist"}, says: []string{"does/not/exist"}},
		"there is no such database":          {flags: []string{"--database", "postgres://127.0.0.1:1/none"}, says: []string{"database", "127.0.0.1"}},
		"the URL of NATS is none":            {flags: []string{"--nats", "nats://a b"}, says: []string{"--nats"}, wrongUse: true},
		"the subjects are not those of NATS": {flags: []string{"--subject-prefix", "a b"}, says: []string{"a b"}, wrongUse: true},
	} {
		t.Run(name, func(t *testing.T) {
			data := t.TempDir()
			way := filepath.Join(data, test.inTheWay)
			var err error
			switch {
			case test.file:
				err = os.WriteFile(way, nil, 0o600)
			case test.inTheWay != "":
				err = os.MkdirAll(filepath.Join(way, "full"), 0o700)
			}
			if err != nil {
				t.Fatal(err)
			}
			code := 1
			if test.wrongUse {
				code = 2
			}
			wantLine(t, refusedWith(t, code, data, test.flags...), test.says...)
			if test.inTheWay != "" {
				if err := os.RemoveAll(way); err != nil {
					t.Fatal(err)
				}
			}
			start(t, data, "").stop(t)
		})
	}
}

func TestADirectoryThatCannotBeMadeOrWrittenIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	wantLine(t, refused(t, filepath.Join(file, "data")), file)
	if os.Geteuid() == 0 {
		t.Skip("nothing is read-only for root")
	}
	data := t.TempDir()
	if err := os.Chmod(data, 0o500); err != nil {
		t.Fatal(err)
	}
	wantLine(t, refused(t, data), data, "permission denied")
}
