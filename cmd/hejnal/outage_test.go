package main_test

import (
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

// ready fails the test when the server does not say that it can do its work.
// ready waits until the server says that it is, which takes ten seconds at most.
func (s *server) ready(t *testing.T) {
	t.Helper()
	for late := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		status, text := s.send(t, http.MethodGet, "/readyz", "")
		if status == http.StatusOK {
			return
		}
		if time.Now().After(late) {
			t.Fatalf("/readyz answers %d %s", status, text)
		}
	}
}

func TestNATSMayBeAwayAtTheStartAndInTheMiddle(t *testing.T) {
	long(t)
	data := t.TempDir()
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	token := hejnal(t, data, "token", "create", "--user", "anna.nowak")
	bus := newOutside(t)
	bus.kill()
	s := start(t, data, token, "--nats", bus.url())
	s.ready(t)
	proposal := s.open(t)
	var accepted sync.Map
	accepted.Store(s.contact(t, proposal), true)
	bus.start(t)
	for round := range 4 {
		accepted.Store(s.contact(t, proposal), true)
		readStream(t, bus.url(), journalHead(t, data))
		bus.kill()
		s.ready(t)
		accepted.Store(s.contact(t, proposal), true)
		if round == 2 { // and with everything that it kept
			if err := os.RemoveAll(bus.dir); err != nil {
				t.Fatal(err)
			}
		}
		bus.start(t)
	}
	kept := openStore(t, data)
	defer closing(t, kept)
	finish(t, kept, bus.url(), &accepted, 9)
	s.stop(t)
}

// uncompressed fails the test when a stream of a cluster is compressed, which nats-server 2.15.2 does not survive.
func uncompressed(t *testing.T, url string) {
	t.Helper()
	conn, err := nats.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{events.StreamInternal, events.StreamPublic} {
		stream, err := js.Stream(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		if kind := stream.CachedInfo().Config.Compression; kind != jetstream.NoCompression {
			t.Errorf("stream %s is compressed by %s", name, kind)
		}
	}
}

func TestAnyNodeOfANATSClusterMayBeKilled(t *testing.T) {
	long(t)
	nodes, url := threeNodes(t)
	data := t.TempDir()
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	token := hejnal(t, data, "token", "create", "--user", "anna.nowak")
	s := start(t, data, token, "--nats", url, "--nats-replicas", "3")
	live := listen(t, url)
	proposal := s.open(t)
	var accepted sync.Map
	publish := func() {
		id := s.contact(t, proposal)
		accepted.Store(id, true)
		live.await(t, id)
	}
	publish()
	uncompressed(t, url)
	for _, node := range nodes {
		node.kill()
		publish()
		node.start(t)
		publish()
	}
	kept := openStore(t, data)
	defer closing(t, kept)
	finish(t, kept, url, &accepted, 7)
	s.stop(t)
}

func TestAServerThatStopsPublishesFirstWhatItAccepted(t *testing.T) {
	long(t)
	data := t.TempDir()
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	token := hejnal(t, data, "token", "create", "--user", "anna.nowak")
	bus := newOutside(t)
	var accepted sync.Map
	s := start(t, data, token, "--nats", bus.url())
	var writers sync.WaitGroup
	for worker := range 4 {
		writers.Go(func() { s.write(&accepted, worker, 0) })
	}
	time.Sleep(500 * time.Millisecond)
	s.stop(t)
	writers.Wait()
	head := journalHead(t, data)
	if last := lastOf(t, bus.url()); last != head {
		t.Errorf("it stopped with %d events of %d published", last, head)
	}
	bus.kill()
	if err := os.RemoveAll(bus.dir); err != nil { // so that it has everything to publish
		t.Fatal(err)
	}
	bus.start(t)
	start(t, data, "", "--nats", bus.url()).stop(t)
	if last := lastOf(t, bus.url()); last != head {
		t.Errorf("it stopped at once with %d events of %d published", last, head)
	}
}

// lastOf is the last sequence of the internal stream.
func lastOf(t *testing.T, url string) int64 {
	t.Helper()
	conn, err := nats.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := js.Stream(t.Context(), events.StreamInternal)
	if err != nil {
		t.Fatal(err)
	}
	return int64(stream.CachedInfo().State.LastSeq)
}

func TestAServerStopsInTimeWhileNATSIsAway(t *testing.T) {
	long(t)
	data := t.TempDir()
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	bus := newOutside(t)
	s := start(t, data, "", "--nats", bus.url())
	bus.kill()
	s.stop(t)
	start(t, data, "", "--nats", bus.url()).stop(t)
}

func TestPostgreSQLMayCrashInTheMiddle(t *testing.T) {
	long(t)
	c := newCluster(t)
	p := newPair(t, c.url)
	servers := []*server{p.serve(t, t.TempDir()), p.serve(t, t.TempDir())}
	proposal := servers[0].open(t)
	for range 2 {
		ended := make(chan struct{})
		var writers sync.WaitGroup
		for range 2 {
			for _, s := range servers {
				writers.Go(func() { s.contacts(t, p, proposal, ended) })
			}
		}
		time.Sleep(300 * time.Millisecond) // the moment of the crash is chance
		c.crash(t)
		for _, s := range servers {
			if status, text := s.send(t, http.MethodPost, proposal+"/transitions", someContact); status < http.StatusInternalServerError {
				t.Errorf("without a database it answered %d %s", status, text)
			}
			if status, text := s.send(t, http.MethodGet, "/readyz", ""); status != http.StatusServiceUnavailable {
				t.Errorf("without a database /readyz answered %d %s", status, text)
			}
		}
		c.start(t)
		for _, s := range servers {
			s.recover(t, p, proposal)
		}
		close(ended)
		writers.Wait()
	}
	p.finish(t, 10)
	for _, s := range servers {
		s.stop(t)
	}
}

// contacts makes transitions until it is told to end, and notes those that were accepted. Those that were not are of no
// account, because the database is away for a while.
func (s *server) contacts(t *testing.T, p *pair, proposal string, ended <-chan struct{}) {
	t.Helper()
	for {
		select {
		case <-ended:
			return
		default:
		}
		status, text := s.send(t, http.MethodPost, proposal+"/transitions", someContact)
		if status == http.StatusCreated {
			p.accepted.Store(idIn(t, status, text), true)
		} else {
			time.Sleep(20 * time.Millisecond) // as a client would that is told to come back later
		}
	}
}

// recover waits until the server accepts again.
func (s *server) recover(t *testing.T, p *pair, proposal string) {
	t.Helper()
	for late := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		status, text := s.send(t, http.MethodPost, proposal+"/transitions", someContact)
		switch {
		case status == http.StatusCreated:
			p.accepted.Store(idIn(t, status, text), true)
			s.ready(t)
			return
		case time.Now().After(late):
			t.Fatalf("the database is back and it answers %d %s", status, text)
		}
	}
}

func TestDurablesOfSubscribersAreMadeAgainWithALostStream(t *testing.T) {
	long(t)
	data := t.TempDir()
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	hejnal(t, data, "subscriber", "add", "council")
	hejnal(t, data, "subscriber", "add", "both", "--allow", "krakow.cooperation.task.>", "--allow", "krakow.public.cooperation.>")
	hejnal(t, data, "subscriber", "add", "gone")
	hejnal(t, data, "subscriber", "disable", "gone")
	bus := newOutside(t)
	start(t, data, "", "--nats", bus.url())
	js := jetStream(t, bus.url())
	want := map[string]string{events.StreamInternal: "both council", events.StreamPublic: "both"}
	for name, consumers := range want {
		awaitConsumers(t, js, name, consumers)
	}
	for name, consumers := range want {
		if err := js.DeleteStream(t.Context(), name); err != nil {
			t.Fatal(err)
		}
		awaitConsumers(t, js, name, consumers)
	}
	readStream(t, bus.url(), journalHead(t, data))
}

// awaitConsumers waits until a stream has just these durable consumers.
func awaitConsumers(t *testing.T, js jetstream.JetStream, stream, want string) {
	t.Helper()
	for late := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		got := consumersOf(t, js, stream)
		if got == want {
			return
		}
		if time.Now().After(late) {
			t.Fatalf("stream %s has the consumers %q, not %q", stream, got, want)
		}
	}
}

func consumersOf(t *testing.T, js jetstream.JetStream, name string) string {
	t.Helper()
	stream, err := js.Stream(t.Context(), name)
	if err != nil {
		return ""
	}
	var found []string
	list := stream.ConsumerNames(t.Context())
	for consumer := range list.Name() {
		if len(consumer) < 20 { // others are those of readers who come and go
			found = append(found, consumer)
		}
	}
	return strings.Join(found, " ")
}
