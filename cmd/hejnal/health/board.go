package health

import (
	"context"
	"sync"
	"time"
)

// goodFor is how long a good finding stays good, so that probes cannot make work.
const goodFor = 250 * time.Millisecond

// Board keeps checks and asks them. The zero value has none; its methods may be called at the same time.
type Board struct {
	mu     sync.Mutex
	places []*place
}

// Named is a finding with the name of its check.
type Named struct {
	Name string
	Finding
}

// Add puts a check on the board, in the place of one with the same name.
func (b *Board) Add(check Check) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, known := range b.places {
		if known.check.Name == check.Name {
			b.places[i] = &place{check: check}
			return
		}
	}
	b.places = append(b.places, &place{check: check})
}

// Findings asks all checks at the same time, in the order in which they were added. A good finding may be a moment old.
func (b *Board) Findings() []Named {
	b.mu.Lock()
	places := append([]*place(nil), b.places...)
	b.mu.Unlock()
	found := make([]Named, len(places))
	var asked sync.WaitGroup
	for i, p := range places {
		asked.Go(func() { found[i] = Named{p.check.Name, p.find()} })
	}
	asked.Wait()
	return found
}

// place is a check with what it last saw.
type place struct {
	check Check

	mu      sync.Mutex
	running chan struct{} // closed at the end of the look that runs; nil when none does
	at      time.Time     // when the last look ended
	found   Finding
}

func (p *place) find() Finding {
	p.mu.Lock()
	if p.running == nil {
		if p.found.OK && time.Since(p.at) < goodFor {
			defer p.mu.Unlock()
			return p.found
		}
		p.running = make(chan struct{})
		go p.look(p.running)
	}
	running := p.running
	p.mu.Unlock()
	timer := time.NewTimer(p.check.patience())
	defer timer.Stop()
	select {
	case <-running:
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.found
	case <-timer.C:
		return slow
	}
}

func (p *place) look(running chan struct{}) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*p.check.patience())
	defer cancel()
	found := p.check.Look(ctx)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.found, p.at, p.running = found, time.Now(), nil
	close(running)
}
