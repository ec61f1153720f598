package installation_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hejnal/cmd/hejnal/installation"
	"hejnal/events"
)

// stream is one whose relay says what a test wants.
type stream struct {
	name     string
	mu       sync.Mutex
	state    events.State
	untaken  int
	unfilled int // how many more times it cannot be made anew
	repairs  int
	held     bool
}

func (s *stream) Status() events.Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return events.Status{Stream: s.name, State: s.state, Untaken: s.untaken}
}

func (s *stream) become(state events.State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state, s.untaken = state, 0
}

func (s *stream) Repair(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.repairs++
	if s.unfilled--; s.unfilled >= 0 {
		return errors.New("nobody answers")
	}
	s.state = events.StateHealthy
	return nil
}

func (s *stream) Hold(_ context.Context, do func() error) error {
	s.held = true
	defer func() { s.held = false }()
	return do()
}

func (s *stream) Wake() {}

// kept lets the streams be kept open and answers how often they were opened again; do is done meanwhile, in a time of its own.
func kept(t *testing.T, streams []installation.KeptStream, reopened func(), do func()) int {
	t.Helper()
	count := 0
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		go installation.KeepOpen(ctx, func() error { count++; reopened(); return nil }, streams, slog.New(slog.DiscardHandler))
		do()
		cancel()
		synctest.Wait()
	})
	return count
}

func TestStreamsThatTakeNothingAreOpenedAgain(t *testing.T) {
	for _, test := range []struct {
		state   events.State
		untaken int
		want    int
	}{
		{events.StateFailing, 1, 0},
		{events.StateFailing, 2, 4}, // every ten seconds
		{events.StateUnfit, 20, 0},
		{events.StateOversize, 20, 0},
		{events.StateStalled, 20, 0},
		{events.StateHealthy, 0, 0},
	} {
		s := &stream{name: "one", state: test.state, untaken: test.untaken}
		if got := kept(t, []installation.KeptStream{s}, func() {}, func() { time.Sleep(35 * time.Second) }); got != test.want {
			t.Errorf("%s, %d attempts: opened %d times, want %d", test.state, test.untaken, got, test.want)
		}
	}
}

func TestNoRelayLooksWhileTheStreamsAreOpenedAgain(t *testing.T) {
	failing := &stream{name: "one", state: events.StateFailing, untaken: 2}
	other := &stream{name: "other", state: events.StateHealthy}
	opened := kept(t, []installation.KeptStream{failing, other}, func() {
		if !failing.held || !other.held {
			t.Errorf("the relay of one is held: %t, of the other: %t", failing.held, other.held)
		}
	}, func() { time.Sleep(5 * time.Second) })
	if opened != 1 || failing.held || other.held {
		t.Errorf("opened %d times; then the relay of one is held: %t, of the other: %t", opened, failing.held, other.held)
	}
}

func TestAStreamThatWasOpenedAgainIsFilledOnce(t *testing.T) {
	failing := &stream{name: "one", state: events.StateFailing, untaken: 2}
	other := &stream{name: "other", state: events.StateHealthy, unfilled: 2}
	kept(t, []installation.KeptStream{failing, other}, func() {
		failing.become(events.StateHealthy)
		other.become(events.StateHoles)
	}, func() {
		time.Sleep(time.Minute)
		synctest.Wait()
		if other.repairs != 3 || failing.repairs != 0 {
			t.Errorf("made anew %d times and %d, want 3, two of them in vain, and 0", other.repairs, failing.repairs)
		}
		other.become(events.StateHoles) // not of that write
		failing.become(events.StateHoles)
		time.Sleep(time.Minute)
	})
	if other.repairs != 3 || failing.repairs != 0 {
		t.Errorf("holes of another day were filled unasked: %d, %d", other.repairs, failing.repairs)
	}
}
