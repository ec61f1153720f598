package main_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"hejnal/store"
	"hejnal/tools/pgtest"
)

// pair is a place for several servers over one database and one NATS server.
type pair struct {
	database, token string
	nats            *outside
	accepted        sync.Map // ids of acts that were accepted; false for what should not have been answered
}

// newPair makes the place, and a person who may write.
func newPair(t *testing.T, database string) *pair {
	t.Helper()
	p := &pair{database: database, nats: newOutside(t)}
	data := t.TempDir()
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official", "--database", p.database)
	p.token = hejnal(t, data, "token", "create", "--user", "anna.nowak", "--database", p.database)
	return p
}

func (p *pair) serve(t *testing.T, data string) *server {
	t.Helper()
	return start(t, data, p.token, "--database", p.database, "--nats", p.nats.url())
}

// finish holds the stream against the journal, and what was accepted against both.
func (p *pair) finish(t *testing.T, atLeast int) {
	t.Helper()
	kept := openDatabase(t, p.database)
	finish(t, kept, p.nats.url(), &p.accepted, atLeast)
}

func finish(t *testing.T, kept store.Journal, url string, accepted *sync.Map, atLeast int) {
	t.Helper()
	head, err := kept.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	journal := compare(t, kept, readStream(t, url, head))
	times := map[string]int{}
	last := map[string]int64{}
	for _, record := range journal {
		times[record.ID]++
		if !strings.Contains(record.Subject, ".transition.") {
			continue
		}
		var event struct {
			Data struct {
				Seq      int64  `json:"seq"`
				Proposal string `json:"proposal_id"`
			}
		}
		if err := json.Unmarshal(record.Text, &event); err != nil {
			t.Fatal(err)
		}
		if last[event.Data.Proposal]++; event.Data.Seq != last[event.Data.Proposal] {
			t.Errorf("transition %d of %s stands where %d belongs", event.Data.Seq, event.Data.Proposal, last[event.Data.Proposal])
		}
	}
	count := 0
	accepted.Range(func(id, ok any) bool {
		if count++; ok == false {
			t.Error(id)
		} else if times[id.(string)] != 1 {
			t.Errorf("the accepted transition %s stands in the journal %d times", id, times[id.(string)])
		}
		return true
	})
	if count < atLeast {
		t.Errorf("only %d transitions were accepted", count)
	}
}

func TestServersOverOneDatabaseWriteOneJournalHoweverOftenTheyAreKilled(t *testing.T) {
	long(t)
	p := newPair(t, pgtest.Database(t))
	data := []string{filepath.Join(t.TempDir(), "first"), filepath.Join(t.TempDir(), "second")}
	servers := []*server{p.serve(t, data[0]), p.serve(t, data[1])}
	var writers sync.WaitGroup
	writing := func(s *server, round int) {
		for worker := range 3 {
			writers.Go(func() { s.write(&p.accepted, worker, round) })
		}
	}
	writing(servers[0], 0)
	writing(servers[1], 1)
	for round, killed := range []int{0, 1, 1, 0, 0, 1} { // who was left over leads, so that leaders and others are killed
		time.Sleep(time.Duration(100+rand.IntN(900)) * time.Millisecond) // the moment of the crash is chance
		servers[killed].kill()
		servers[killed] = p.serve(t, data[killed])
		writing(servers[killed], 2+round)
	}
	servers[0].kill()
	servers[1].kill()
	writers.Wait()
	p.serve(t, data[0])
	p.finish(t, 50)
}

// send asks a server and answers status and body.
func (s *server) send(t *testing.T, method, path, body string, headers ...string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+s.token)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept-Language", "en")
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err.Error()
	}
	return answer.StatusCode, string(text)
}

const (
	someProposal = `{"form":"informal_cooperation","title":"Bergen","partner":{"name":"Bergen","country":"NO","kind":"city"}}`
	someContact  = `{"transition":"record_contact","inputs":{"note":"Rozmowa"}}`
)

// open opens a proposal and answers its path in the API.
func (s *server) open(t *testing.T) string {
	t.Helper()
	status, text := s.send(t, http.MethodPost, "/api/v1/proposals", someProposal)
	return "/api/v1/proposals/" + idIn(t, status, text)
}

// contact makes a transition that is accepted and answers its id.
func (s *server) contact(t *testing.T, proposal string) string {
	t.Helper()
	status, text := s.send(t, http.MethodPost, proposal+"/transitions", someContact)
	return idIn(t, status, text)
}

func idIn(t *testing.T, status int, text string) string {
	t.Helper()
	var made struct{ ID string }
	if err := json.Unmarshal([]byte(text), &made); status != http.StatusCreated || err != nil || made.ID == "" {
		t.Fatalf("it answered %d %s", status, text)
	}
	return made.ID
}

// bothSend asks two servers the same at once.
func bothSend(t *testing.T, servers []*server, path, body string, headers ...string) (statuses [2]int, texts [2]string) {
	t.Helper()
	var asked sync.WaitGroup
	for i, s := range servers {
		asked.Go(func() { statuses[i], texts[i] = s.send(t, http.MethodPost, path, body, headers...) })
	}
	asked.Wait()
	return statuses, texts
}

func TestOfTwoWritersThroughDifferentServersOneWins(t *testing.T) {
	long(t)
	p := newPair(t, pgtest.Database(t))
	servers := []*server{p.serve(t, t.TempDir()), p.serve(t, t.TempDir())}
	path := servers[0].open(t)
	for version := 1; version <= 20; version++ {
		statuses, texts := bothSend(t, servers, path+"/transitions", someContact, "If-Match", fmt.Sprintf("%q", fmt.Sprint(version)))
		winner := 0
		if statuses[1] == http.StatusCreated {
			winner = 1
		}
		p.accepted.Store(idIn(t, statuses[winner], texts[winner]), true)
		if statuses[1-winner] != http.StatusPreconditionFailed || !strings.Contains(texts[1-winner], "anna.nowak") {
			t.Errorf("the loser of version %d was told %d %s", version, statuses[1-winner], texts[1-winner])
		}
	}
	for n := range 20 {
		statuses, texts := bothSend(t, servers, path+"/transitions", someContact, "Idempotency-Key", fmt.Sprintf("key-%d", n))
		id := idIn(t, statuses[0], texts[0])
		p.accepted.Store(id, true)
		if other := idIn(t, statuses[1], texts[1]); other != id {
			t.Errorf("one key made two transitions, %s and %s", id, other)
		}
	}
	p.finish(t, 40)
	_, text := servers[1].send(t, http.MethodGet, path, "")
	var after struct{ Version int }
	if err := json.Unmarshal([]byte(text), &after); err != nil || after.Version != 41 {
		t.Errorf("after 40 accepted transitions the version is %d, %v", after.Version, err)
	}
}

func TestALeaderThatWasPausedDoesNoHarmWhenItWakes(t *testing.T) {
	long(t)
	p := newPair(t, pgtest.Database(t))
	live := listen(t, p.nats.url())
	servers := []*server{p.serve(t, t.TempDir()), nil}
	proposal := servers[0].open(t)
	live.await(t, servers[0].contact(t, proposal)) // so the first one leads
	servers[1] = p.serve(t, t.TempDir())
	var writers sync.WaitGroup
	for i, s := range servers {
		for worker := range 2 {
			writers.Go(func() { s.write(&p.accepted, worker, i) })
		}
	}
	for _, paused := range []int{0, 1, 0} { // who goes on leads, and is paused next
		signal(t, servers[paused], syscall.SIGSTOP)
		live.await(t, servers[1-paused].contact(t, proposal))
		signal(t, servers[paused], syscall.SIGCONT)
		live.await(t, servers[paused].contact(t, proposal))
	}
	servers[0].kill()
	servers[1].kill()
	writers.Wait()
	p.serve(t, t.TempDir())
	p.finish(t, 20)
}

func signal(t *testing.T, s *server, what syscall.Signal) {
	t.Helper()
	if err := s.command.Process.Signal(what); err != nil {
		t.Fatal(err)
	}
}

// listener hears the ids of events as they are published.
type listener struct{ heard chan string }

func listen(t *testing.T, url string) *listener {
	t.Helper()
	conn, err := nats.Connect(url, nats.MaxReconnects(-1))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	l := &listener{heard: make(chan string, 1<<16)}
	_, err = conn.Subscribe("krakow.cooperation.>", func(message *nats.Msg) { l.heard <- message.Header.Get("Nats-Msg-Id") })
	if err == nil {
		err = conn.Flush()
	}
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// await waits until the event is heard.
func (l *listener) await(t *testing.T, id string) {
	t.Helper()
	for late := time.After(30 * time.Second); ; {
		select {
		case heard := <-l.heard:
			if heard == id {
				return
			}
		case <-late:
			t.Fatalf("event %s was not heard", id)
		}
	}
}
