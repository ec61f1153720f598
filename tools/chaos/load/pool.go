package load

import (
	"math/rand/v2"
	"slices"
	"sync"
)

// pool is the proposals that are worked on at the moment, by their ids.
type pool struct {
	mu  sync.Mutex
	ids []string
}

// pick takes one at random; "" when there are fewer than wanted, so that another is opened.
func (p *pool) pick(random *rand.Rand, wanted int) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.ids) < wanted {
		return ""
	}
	return p.ids[random.IntN(len(p.ids))]
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
	p.ids = slices.DeleteFunc(p.ids, func(other string) bool { return other == id })
}
