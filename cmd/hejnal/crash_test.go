package main_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/cmd/hejnal/installation"
	"hejnal/events"
	"hejnal/store"
	"hejnal/store/sqlite"
)

// server is a hejnal serve of its own process.
type server struct {
	command *exec.Cmd
	url     string
	data    string
	token   string
	log     *lines // what it said on standard error
}

func hejnal(t *testing.T, data string, args ...string) string {
	t.Helper()
	var errs bytes.Buffer
	command := exec.CommandContext(t.Context(), "hejnal", append(args, "--data", data)...)
	command.Stderr = &errs
	out, err := command.Output()
	if err != nil {
		t.Fatalf("hejnal %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	return strings.TrimSpace(string(out))
}

// start starts the server, with more flags where they are given, and waits for its line.
func start(t *testing.T, data, token string, more ...string) *server {
	t.Helper()
	args := append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0", "--nats-listen", "127.0.0.1:0"}, more...)
	s := started(t, exec.Command("hejnal", args...))
	s.data, s.token = data, token
	return s
}

// started starts a command that serves, and waits for its line.
func started(t *testing.T, command *exec.Cmd) *server {
	t.Helper()
	errs := &lines{}
	command.Stderr = errs
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	s := &server{command: command, log: errs}
	t.Cleanup(func() { s.kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		s.kill()
		t.Fatalf("the server said nothing: %v\n%s", err, errs.text())
	}
	if _, err := fmt.Sscanf(line, "hejnal ready on %s", &s.url); err != nil {
		t.Fatalf("the server said %q", line)
	}
	s.url = strings.TrimSuffix(s.url, ",")
	return s
}

// kill ends the server as a power cut would, as far as a process can.
func (s *server) kill() {
	if s.command.ProcessState == nil {
		_ = s.command.Process.Signal(syscall.SIGKILL)
		_ = s.command.Wait()
	}
}

// stop ends the server as an operator would.
func (s *server) stop(t *testing.T) {
	t.Helper()
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.command.Wait(); err != nil {
		t.Fatalf("the server ended with %v", err)
	}
}

func (s *server) post(path, body string) (int, []byte, error) {
	request, err := http.NewRequest(http.MethodPost, s.url+"/api/v1"+path, strings.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("Authorization", "Bearer "+s.token)
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer.StatusCode, text, err
}

// write opens proposals and moves them until the server is gone, and notes what was accepted.
func (s *server) write(accepted *sync.Map, worker, round int) {
	for n := 0; ; n++ {
		status, text, err := s.post("/proposals", fmt.Sprintf(
			`{"form":"informal_cooperation","title":"Bergen %d","partner":{"name":"Miasto %d","country":"NO","kind":"city"}}`, n, worker*1000+round))
		if err != nil {
			return
		}
		var opened struct{ ID string }
		if status != http.StatusCreated || json.Unmarshal(text, &opened) != nil {
			accepted.Store(fmt.Sprintf("unexpected %d %s", status, text), false)
			return
		}
		for range 3 {
			status, text, err := s.post("/proposals/"+opened.ID+"/transitions", `{"transition":"record_contact","inputs":{"note":"Rozmowa"}}`)
			var act struct{ ID string }
			if err != nil || status != http.StatusCreated || json.Unmarshal(text, &act) != nil {
				return
			}
			accepted.Store(act.ID, true)
		}
	}
}

// long leaves a test to the full run, because it kills, restarts or waits for servers.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it kills, restarts or waits for servers, which the short run does not")
	}
}

func TestAKilledServerLosesNothingAndRepeatsNothing(t *testing.T) {
	long(t)
	data := filepath.Join(t.TempDir(), "data")
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	token := hejnal(t, data, "token", "create", "--user", "anna.nowak")
	var accepted sync.Map
	for round := range 5 {
		s := start(t, data, token)
		var writers sync.WaitGroup
		for worker := range 4 {
			writers.Go(func() { s.write(&accepted, worker, round) })
		}
		time.Sleep(time.Duration(100+rand.IntN(500)) * time.Millisecond) // the moment of the crash is chance
		s.kill()
		writers.Wait()
	}
	ids := map[string]bool{}
	accepted.Range(func(id, ok any) bool {
		if ok == false {
			t.Error(id)
		}
		ids[id.(string)] = true
		return true
	})
	if len(ids) < 20 {
		t.Fatalf("only %d transitions were accepted", len(ids))
	}
	s := start(t, data, token)
	stream := s.stream(t)
	for _, message := range stream {
		delete(ids, message.id)
	}
	if len(ids) > 0 {
		t.Errorf("%d accepted transitions are not in the stream: %v", len(ids), ids)
	}
	s.stop(t)
	compareWithJournal(t, data, stream)

	if err := os.RemoveAll(filepath.Join(data, "streams")); err != nil {
		t.Fatal(err)
	}
	s = start(t, data, token)
	compareWithJournal(t, data, s.stream(t))
	s.stop(t)
}

type streamed struct {
	id, subject string
	sequence    uint64
	data        []byte
}

// stream reads the whole internal stream, as far as the journal goes.
func (s *server) stream(t *testing.T) []streamed {
	t.Helper()
	link := linkOf(t, s.data)
	return readStream(t, link.URL, journalHead(t, s.data), nats.UserInfo(link.User, link.Password))
}

// linkOf is how to reach the NATS of the server that runs on the data directory.
func linkOf(t *testing.T, data string) installation.Link {
	t.Helper()
	link, err := installation.Config{Data: data}.ReadLink()
	if err != nil {
		t.Fatal(err)
	}
	return link
}

// readStream reads the internal stream of a NATS server up to the head.
func readStream(t *testing.T, url string, head int64, login ...nats.Option) []streamed {
	t.Helper()
	conn, err := nats.Connect(url, login...)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	var read []streamed
	for int64(len(read)) < head {
		err := readOn(ctx, js, head, &read)
		if err != nil && ctx.Err() != nil {
			t.Fatalf("after %d of %d: %v", len(read), head, err)
		}
		if err != nil { // the stream is not made yet, or the nodes of a cluster choose who leads it
			time.Sleep(50 * time.Millisecond)
		}
	}
	return read
}

// readOn reads what follows, up to the head, or to what a consumer fails at.
func readOn(ctx context.Context, js jetstream.JetStream, head int64, read *[]streamed) error {
	asking, cancel := context.WithTimeout(ctx, 5*time.Second) // a cluster that chooses who leads loses questions
	defer cancel()
	consumer, err := js.OrderedConsumer(asking, events.StreamInternal, jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: uint64(len(*read)) + 1,
	})
	if err != nil {
		return err
	}
	for int64(len(*read)) < head {
		message, err := consumer.Next(jetstream.FetchMaxWait(5 * time.Second))
		if err != nil {
			return err
		}
		meta, err := message.Metadata()
		if err != nil {
			return err
		}
		*read = append(*read, streamed{message.Headers().Get("Nats-Msg-Id"), message.Subject(), meta.Sequence.Stream, message.Data()})
	}
	return nil
}

func openStore(t *testing.T, data string) *sqlite.Store {
	t.Helper()
	kept, err := sqlite.Open(t.Context(), filepath.Join(data, "hejnal.sqlite"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func journalHead(t *testing.T, data string) int64 {
	t.Helper()
	kept := openStore(t, data)
	defer func() { _ = kept.Close() }()
	head, err := kept.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head
}

// compareWithJournal holds the stream against the journal, byte for byte.
func compareWithJournal(t *testing.T, data string, stream []streamed) {
	t.Helper()
	kept := openStore(t, data)
	defer func() { _ = kept.Close() }()
	compare(t, kept, stream)
}

// compare holds a stream against a journal, byte for byte, and answers the journal.
func compare(t *testing.T, kept store.Journal, stream []streamed) []store.Record {
	t.Helper()
	var journal []store.Record
	for {
		after := int64(len(journal))
		more, err := kept.After(t.Context(), after, 200)
		if err != nil {
			t.Fatal(err)
		}
		if len(more) == 0 {
			break
		}
		journal = append(journal, more...)
	}
	if len(journal) != len(stream) {
		t.Fatalf("the journal has %d entries, the stream %d", len(journal), len(stream))
	}
	for i, record := range journal {
		got := stream[i]
		want := streamed{record.ID, record.Subject, uint64(record.Pos), events.Published(record.Text, record.Pos)}
		if got.id != want.id || got.subject != want.subject || got.sequence != want.sequence || record.Pos != int64(i+1) || !bytes.Equal(got.data, want.data) {
			t.Fatalf("entry %d is %s at %d in the journal, %s at %d in the stream", i+1, want.id, want.sequence, got.id, got.sequence)
		}
	}
	return journal
}
