package load

import (
	"math/rand/v2"
	"slices"
	"sync"
)

// pool is the proposals that are worked on at the moment, by their ids.
type pool struct {
	mu    sync.Mutex
	ids   []string
	picks map[string]int
}

// pick takes one at random; "" when there are fewer than wanted, so that another is opened. One that was picked so often
// as most says is done with; 0: it stays.
func (p *pool) pick(random *rand.Rand, wanted, most int) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.ids) < wanted {
		return ""
	}
	at := random.IntN(len(p.ids))
	id := p.ids[at]
	if p.picks == nil {
		p.picks = map[string]int{}
	}
	if p.picks[id]++; p.picks[id] == most {
		p.ids = slices.Delete(p.ids, at, at+1)
		delete(p.picks, id)
	}
	return id
}

func (p *pool) add(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !slices.Contains(p.ids, id) {
		p.ids = append(p.ids, id)
	}
}

func (p *pool) remove(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.picks, id)
	p.ids = slices.DeleteFunc(p.ids, func(other string) bool { return other == id })
}
