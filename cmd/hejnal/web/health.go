package web

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// status is what a probe is told.
type status struct {
	Status string `json:"status" enum:"ok"`
}

func (s *server) healthz(w http.ResponseWriter, r *http.Request) error {
	return writeJSON(w, r, status{Status: "ok"})
}

func (s *server) readyz(w http.ResponseWriter, r *http.Request) error {
	if err := s.probe.ready(); err != nil {
		return &unavailableError{cause: err}
	}
	return writeJSON(w, r, status{Status: "ok"})
}

const (
	probeTime = 2 * time.Second        // that a check may take before the answer is no
	probeLast = 250 * time.Millisecond // that a yes stays good, so that probes cannot make work
)

// probe asks whether the program can do its work: one check at a time, and never for long.
type probe struct {
	ask func(ctx context.Context) error
	now func() time.Time

	mu      sync.Mutex
	running chan struct{} // closed at the end of the check that runs; nil when none does
	at      time.Time     // when the last check ended
	answer  error
}

var errSlow = errors.New("the check of the store has not ended in time")

// ready gives the answer of a check; a yes may be a moment old.
func (p *probe) ready() error {
	p.mu.Lock()
	if p.running == nil {
		if p.answer == nil && p.now().Sub(p.at) < probeLast {
			defer p.mu.Unlock()
			return nil
		}
		p.running = make(chan struct{})
		go p.check(p.running)
	}
	running := p.running
	p.mu.Unlock()
	timer := time.NewTimer(probeTime)
	defer timer.Stop()
	select {
	case <-running:
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.answer
	case <-timer.C:
		return errSlow
	}
}

func (p *probe) check(running chan struct{}) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*probeTime)
	defer cancel()
	err := p.ask(ctx)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer, p.at, p.running = err, p.now(), nil
	close(running)
}
