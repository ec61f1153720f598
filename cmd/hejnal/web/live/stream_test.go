package live_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"hejnal/cmd/hejnal/news"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/live"
	"hejnal/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// journal is a journal in memory that counts how often it is read for something.
type journal struct {
	board news.Board

	mu    sync.Mutex
	head  int64
	found int // reads that found something
}

func (j *journal) Head(context.Context) (int64, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.head, nil
}

func (j *journal) After(_ context.Context, pos int64, limit int) ([]store.Record, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	var records []store.Record
	for at := pos + 1; at <= j.head && len(records) < limit; at++ {
		records = append(records, store.Record{Pos: at, Entry: store.Entry{Kind: "transition", Text: fmt.Appendf(nil, "event %d", at)}})
	}
	if len(records) > 0 {
		j.found++
	}
	return records, nil
}

// commit adds entries and tells of them.
func (j *journal) commit(count int64) {
	j.mu.Lock()
	j.head += count
	j.mu.Unlock()
	j.board.Tell()
}

// listener is a connection that is told.
type listener struct {
	t     *testing.T
	lines *bufio.Scanner
	from  string // what it was told of where it begins
}

// next is the next line that says something.
func (l *listener) next() string {
	l.t.Helper()
	for l.lines.Scan() {
		if line := l.lines.Text(); line != "" {
			return line
		}
	}
	l.t.Fatalf("the connection ended: %v", l.lines.Err())
	return ""
}

// begun waits until the connection is answered with the position that it begins at.
func (l *listener) begun() *listener {
	l.t.Helper()
	for _, want := range []string{"retry: ", "id: ", ""} {
		if !l.lines.Scan() || !strings.HasPrefix(l.lines.Text(), want) {
			l.t.Fatalf("it began with %q, want %s", l.lines.Text(), want)
		}
		l.from += strings.TrimPrefix(l.lines.Text(), "retry: 3000")
	}
	return l
}

// served is a server that tells of a journal.
type served struct {
	*journal
	t   *testing.T
	url string
}

func serve(t *testing.T, to live.Listener, changes ...func(*http.Server)) *served {
	t.Helper()
	s := &served{journal: &journal{}, t: t}
	stream := live.New(s.journal, &s.board)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := stream.Serve(w, r, to); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	}))
	for _, change := range changes {
		change(server.Config)
	}
	server.Start()
	t.Cleanup(server.Close)
	t.Cleanup(s.board.Close)
	s.url = server.URL
	return s
}

func (s *served) listen(last string) *listener {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.url, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if last != "" {
		request.Header.Set("Last-Event-ID", last)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { response.Body.Close() })
	if kind := response.Header.Get("Content-Type"); kind != "text/event-stream" {
		s.t.Errorf("it is of type %q", kind)
	}
	return (&listener{t: s.t, lines: bufio.NewScanner(response.Body)}).begun()
}

func everything(record store.Record) []byte { return record.Text }

func TestAListenerIsToldFromNowOnInOrder(t *testing.T) {
	s := serve(t, live.Listener{Tells: everything})
	s.commit(5)
	l := s.listen("")
	s.commit(2)
	for _, want := range []string{"id: 6", "data: event 6", "id: 7", "data: event 7"} {
		if got := l.next(); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}

func TestAListenerGoesOnFromWhereItWas(t *testing.T) {
	s := serve(t, live.Listener{Tells: everything})
	s.commit(700) // more than is kept, and more than is read at once
	for _, from := range []int64{3, 690, 0} {
		l := s.listen(fmt.Sprint(from))
		for at := from + 1; at <= 700; at++ {
			if got, want := l.next(), fmt.Sprintf("id: %d", at); got != want {
				t.Fatalf("from %d: got %q, want %q", from, got, want)
			}
			l.next()
		}
	}
}

func TestWhatIsNotForAListenerIsNotTold(t *testing.T) {
	s := serve(t, live.Listener{Tells: func(record store.Record) []byte {
		if record.Pos%2 == 1 {
			return nil
		}
		return record.Text
	}})
	l := s.listen("")
	s.commit(4)
	for _, want := range []string{"id: 2", "data: event 2", "id: 4", "data: event 4"} {
		if got := l.next(); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}

func TestManyListenersCostOneRead(t *testing.T) {
	s := serve(t, live.Listener{Tells: everything})
	var listeners []*listener
	for range 20 {
		listeners = append(listeners, s.listen(""))
	}
	for range 3 {
		s.commit(1)
		for _, l := range listeners {
			l.next()
			l.next()
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.found != 3 {
		t.Errorf("three entries were read in %d reads", s.found)
	}
}

func TestAListenerHasASignOfLife(t *testing.T) {
	s := serve(t, live.Listener{Tells: everything, Beat: time.Millisecond})
	s.commit(3)
	l := s.listen("")
	for _, want := range []string{": 3", "id: 3", ": 3"} {
		if got := l.next(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAListenerWhoWasToldNothingKnowsWhereItIs(t *testing.T) {
	s := serve(t, live.Listener{Tells: everything})
	s.commit(5)
	if from := s.listen("").from; from != "id: 5" {
		t.Errorf("it begins at %q", from)
	}
	if from := s.listen("2").from; from != "id: 2" {
		t.Errorf("it goes on at %q", from)
	}
}

func TestAListenerOutlivesTheServersBounds(t *testing.T) {
	const bound = 50 * time.Millisecond
	s := serve(t, live.Listener{Tells: everything, Beat: bound}, func(server *http.Server) {
		server.ReadTimeout, server.WriteTimeout = bound, bound
	})
	l := s.listen("")
	for range 4 * 2 {
		l.next() // a sign of life has two lines
	}
	s.commit(1)
	for _, want := range []string{"id: 1", "data: event 1"} {
		got := l.next()
		for strings.HasPrefix(got, ": ") || got == "id: 0" {
			got = l.next()
		}
		if got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}

func TestAListenerWhoIsSignedOutIsToldNoMore(t *testing.T) {
	var out atomic.Bool
	s := serve(t, live.Listener{Tells: everything, Beat: time.Millisecond, Still: func(context.Context) bool { return !out.Load() }})
	l := s.listen("")
	out.Store(true)
	for l.lines.Scan() { // to its end, after signs of life
		if text := l.lines.Text(); strings.HasPrefix(text, "data:") {
			t.Errorf("told %q", text)
		}
	}
}

func TestAServerThatStopsLetsItsListenersGo(t *testing.T) {
	s := serve(t, live.Listener{Tells: everything})
	l := s.listen("")
	s.board.Close()
	for l.lines.Scan() {
		if l.lines.Text() != "" {
			t.Errorf("told %q", l.lines.Text())
		}
	}
}

func TestAPositionThatIsNoneIsRefused(t *testing.T) {
	stream := live.New(&journal{}, &news.Board{})
	for _, last := range []string{"x", "-1", "1.5", "99999999999999999999"} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		request.Header.Set("Last-Event-ID", last)
		var garbled *fault.UnreadableError
		if err := stream.Serve(httptest.NewRecorder(), request, live.Listener{Tells: everything}); !errors.As(err, &garbled) {
			t.Errorf("%q: %v", last, err)
		}
	}
}

func TestAListenerFromBeyondTheJournalBeginsAtItsHead(t *testing.T) {
	s := serve(t, live.Listener{Tells: everything})
	s.commit(5)
	l := s.listen("999999")
	if l.from != "id: 5" {
		t.Errorf("it goes on at %q", l.from)
	}
	s.commit(1)
	for _, want := range []string{"id: 6", "data: event 6"} {
		if got := l.next(); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}
