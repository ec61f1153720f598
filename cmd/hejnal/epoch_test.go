package main_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
	"hejnal/store"
	"hejnal/store/postgres"
	"hejnal/store/sqlite"
)

// site is an installation whose store is put back to an older moment while its streams stay.
type site struct {
	data, token string
	flags       []string // of every command that looks for store or NATS
	nats        func(t *testing.T) (url string, login []nats.Option)
	database    string // empty for the embedded store
}

// journal opens the store, which the caller closes.
func (p *site) journal(t *testing.T) store.Store {
	t.Helper()
	if p.database == "" {
		return openStore(t, p.data)
	}
	kept, err := postgres.Open(t.Context(), p.database, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func (p *site) head(t *testing.T) int64 {
	t.Helper()
	kept := p.journal(t)
	defer closing(t, kept)
	head, err := kept.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head
}

func (p *site) start(t *testing.T) *server {
	t.Helper()
	return start(t, p.data, p.token, p.flags...)
}

func (p *site) run(t *testing.T, args ...string) string {
	t.Helper()
	return hejnal(t, p.data, append(args, p.flags...)...)
}

func (p *site) js(t *testing.T) jetstream.JetStream {
	t.Helper()
	url, login := p.nats(t)
	return jetStream(t, url, login...)
}

// newSite makes a site with everything in one data directory, or with a NATS server beside it.
func newSite(t *testing.T, beside bool, database string) *site {
	t.Helper()
	p := &site{data: t.TempDir(), database: database}
	if beside {
		bus := newOutside(t)
		p.flags = append(p.flags, "--nats", bus.url())
		p.nats = func(*testing.T) (string, []nats.Option) { return bus.url(), nil }
	} else {
		p.nats = func(t *testing.T) (string, []nats.Option) {
			t.Helper()
			link := linkOf(t, p.data)
			return link.URL, []nats.Option{nats.UserInfo(link.User, link.Password)}
		}
	}
	if database != "" {
		p.flags = append(p.flags, "--database", database)
	}
	return p
}

// onThreeNodes makes a site whose streams are kept by all nodes of a cluster.
func onThreeNodes(t *testing.T) *site {
	t.Helper()
	_, url := threeNodes(t)
	p := &site{data: t.TempDir(), flags: []string{"--nats", url, "--nats-replicas", "3"}}
	p.nats = func(*testing.T) (string, []nats.Option) { return url, nil }
	return p
}

// people adds who writes and who reads, and answers the token of who writes.
func (p *site) people(t *testing.T) string {
	t.Helper()
	var where []string
	if p.database != "" {
		where = []string{"--database", p.database}
	}
	run := func(args ...string) string { return hejnal(t, p.data, append(args, where...)...) }
	run("user", "add", "anna.nowak", "--role", "official")
	run("subscriber", "add", "council", "--allow", "krakow.cooperation.>")
	return run("token", "create", "--user", "anna.nowak")
}

// replace puts an older file in the place of the embedded store.
func (p *site) replace(t *testing.T, older string) {
	t.Helper()
	for _, name := range []string{"hejnal.sqlite", "hejnal.sqlite-wal", "hejnal.sqlite-shm"} {
		if err := os.RemoveAll(filepath.Join(p.data, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Rename(older, filepath.Join(p.data, "hejnal.sqlite")); err != nil {
		t.Fatal(err)
	}
}

// older answers a file that holds the embedded store as it is now.
func (p *site) older(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "older")
	if err := sqlite.Snapshot(t.Context(), filepath.Join(p.data, "hejnal.sqlite"), file); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAStoreThatIsPutBackBeginsANewEpochWhenItsOperatorSaysSo(t *testing.T) {
	long(t)
	for name, made := range map[string]func(*testing.T) *site{
		"embedded": func(t *testing.T) *site { t.Helper(); return newSite(t, false, "") },
		"outside":  func(t *testing.T) *site { t.Helper(); return newSite(t, true, "") },
		"cluster":  onThreeNodes,
	} {
		t.Run(name, func(t *testing.T) {
			p := made(t)
			p.token = p.people(t)
			s := p.start(t)
			proposal := s.open(t)
			for range 3 {
				s.contact(t, proposal)
			}
			older := p.older(t)
			common := journalHead(t, p.data)
			var lost []string
			for range 4 {
				lost = append(lost, s.contact(t, proposal))
			}
			was := journalHead(t, p.data)
			take(t, reader(t, p.js(t)), int(was))
			s.stop(t)
			p.replace(t, older)
			p.putBack(t, proposal, common, was, lost)
		})
	}
}

// reader is the durable consumer of the subscriber council.
func reader(t *testing.T, js jetstream.JetStream) jetstream.Consumer {
	t.Helper()
	for late := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		consumer, err := js.Consumer(t.Context(), events.StreamInternal, "council")
		if err == nil {
			return consumer
		}
		if time.Now().After(late) {
			t.Fatal(err)
		}
	}
}

// putBack goes through what follows after a store was put back behind its stream: common are the positions that it has,
// was those that the stream has, lost the acts that only the stream has.
func (p *site) putBack(t *testing.T, proposal string, common, was int64, lost []string) {
	t.Helper()
	s := p.start(t)
	p.tells(t, s, fmt.Sprintf("events %d to %d", common+1, was))
	for range 6 { // so that the store has more than the stream
		s.contact(t, proposal)
	}
	p.tells(t, s, fmt.Sprintf("events %d to %d", common+1, was))
	for _, refused := range [][]string{{"events", "repair"}, {"events", "replay"}} {
		code, told := ended(t, append(append(refused, "--data", p.data), p.flags...)...)
		if code != 1 || !strings.Contains(told, "--new-epoch") || !strings.Contains(told, "Nothing was changed") {
			t.Errorf("%v answers %d %s", refused, code, told)
		}
	}
	live := p.follow(t, was)
	if told := p.run(t, "events", "repair", "--new-epoch"); strings.Count(told, "healthy") != 2 {
		t.Errorf("the new epoch stands so:\n%s", told)
	}
	for position := common + 1; position <= p.head(t); position++ {
		wantLine(t, live.next(), fmt.Sprintf("%6d  krakow.cooperation.", position))
	}
	live.interrupt()
	p.after(t, s, common, was, lost)
	s.measures(t, `hejnal_relay_ahead{stream="COOPERATION"} 0`, `hejnal_relay_epoch{stream="COOPERATION"} 2`, `hejnal_relay_epoch{stream="COOPERATION_PUBLIC"} 1`)
	s.stop(t)
	s.logged(t, `"stream":"COOPERATION"`, "events are published again")
}

// follow starts a reader without a durable consumer, which has read as many events.
func (p *site) follow(t *testing.T, read int64) *follower {
	t.Helper()
	var environment []string
	if slices.Contains(p.flags, "--nats") {
		url, _ := p.nats(t)
		environment = append(environment, "HEJNAL_NATS="+url)
	}
	live := follow(t, environment, "--data", p.data, "--from-start")
	for position := range read {
		wantLine(t, live.next(), fmt.Sprintf("%6d  ", position+1))
	}
	return live
}

// tells waits until the server says everywhere that the stream is ahead, while it serves.
func (p *site) tells(t *testing.T, s *server, which string) {
	t.Helper()
	for late := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		status, ready := s.send(t, http.MethodGet, "/readyz", "")
		if status == http.StatusOK && strings.Contains(ready, `"state":"ahead"`) && strings.Contains(ready, "--new-epoch") {
			break
		}
		if time.Now().After(late) {
			t.Fatalf("with a stream that is ahead /readyz says %d %s", status, ready)
		}
	}
	s.measures(t, `hejnal_relay_ahead{stream="COOPERATION"} 1`, `hejnal_relay_state{state="ahead",stream="COOPERATION"} 1`)
	s.logged(t, `"stream":"COOPERATION"`, `"state":"ahead"`, "nothing is published until hejnal events repair --new-epoch")
	told := p.run(t, "events", "status")
	if !strings.Contains(told, "ahead") || !strings.Contains(told, which) || !strings.Contains(told, "--new-epoch") {
		t.Errorf("the status says\n%s", told)
	}
}

// after holds stream, kept file and reader against what there is after the epoch has begun.
func (p *site) after(t *testing.T, s *server, common, was int64, lost []string) {
	t.Helper()
	url, login := p.nats(t)
	stream := readStream(t, url, p.head(t), login...)
	kept := p.journal(t)
	compare(t, kept, stream)
	closing(t, kept)
	p.told(t, stream, common, was)
	sequence := take(t, reader(t, p.js(t)), 1)
	wantSequences(t, sequence, uint64(common)+1)
	files, err := filepath.Glob(filepath.Join(p.data, "epochs", "COOPERATION-epoch-1-*.jsonl"))
	if err != nil || len(files) != 1 {
		t.Fatalf("the events are kept in %v, %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil || strings.Count(string(text), "\n") != int(was-common) {
		t.Errorf("%d events are kept, %d are lost: %v", strings.Count(string(text), "\n"), was-common, err)
	}
	for _, id := range lost {
		if !strings.Contains(string(text), id) {
			t.Errorf("act %s was accepted once and is not kept", id)
		}
	}
	s.contact(t, s.open(t))
	again := p.run(t, "events", "repair", "--new-epoch")
	if !strings.Contains(again, "COOPERATION") {
		t.Errorf("a second call says\n%s", again)
	}
	if told := p.run(t, "events", "status", "--json"); strings.Count(told, `"epoch": 2`) != 1 || strings.Count(told, `"epoch": 1`) != 1 {
		t.Errorf("one stream of two is in its second epoch, but the status says\n%s", told)
	}
}

// told looks for the event that tells of the epoch.
func (p *site) told(t *testing.T, stream []streamed, common, was int64) {
	t.Helper()
	for _, message := range stream {
		if !strings.HasSuffix(message.subject, ".admin.stream_epoch_began") {
			continue
		}
		var event struct {
			Data struct {
				Stream, Kept        string
				Epoch, Common, Last int64
			}
		}
		if err := json.Unmarshal(message.data, &event); err != nil {
			t.Fatal(err)
		}
		d := event.Data
		if d.Stream != events.StreamInternal || d.Epoch != 2 || d.Common != common || d.Last != was || !strings.HasPrefix(d.Kept, "COOPERATION-epoch-1-") {
			t.Errorf("the event tells %s", message.data)
		}
		return
	}
	t.Error("no event tells of the new epoch")
}

// measures waits until the server exposes all of these measurements.
func (s *server) measures(t *testing.T, wanted ...string) {
	t.Helper()
	for late := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		_, text := s.send(t, http.MethodGet, "/metrics", "")
		missing := slices.IndexFunc(wanted, func(line string) bool { return !strings.Contains(text, "\n"+line+"\n") })
		if missing < 0 {
			return
		}
		if time.Now().After(late) {
			t.Fatalf("the server does not measure %s", wanted[missing])
		}
	}
}

// logged looks for a record of the log that speaks of everything wanted.
func (s *server) logged(t *testing.T, wanted ...string) {
	t.Helper()
	for record := range strings.Lines(s.log.text()) {
		if !slices.ContainsFunc(wanted, func(part string) bool { return !strings.Contains(record, part) }) {
			return
		}
	}
	t.Errorf("no record of the log speaks of %q:\n%s", wanted, s.log.text())
}
