package published

import (
	"context"
	"fmt"
	"sync"
	"time"

	"hejnal/store"
)

// Groups remembers for a minute how many entries each country and form has, so that counting the whole register costs the same
// however many ask. The zero value is ready, and safe for use by many at once.
type Groups struct {
	mu    sync.Mutex
	known []store.RegisterGroup
	until time.Time
}

const remembered = time.Minute

// Of gives the groups, which are shared with others who ask and not to be changed.
func (g *Groups) Of(ctx context.Context, register store.Register, now time.Time) ([]store.RegisterGroup, error) {
	g.mu.Lock()
	known, fresh := g.known, now.Before(g.until)
	g.mu.Unlock()
	if fresh {
		return known, nil
	}
	known, err := register.RegisterGroups(ctx)
	if err != nil {
		return nil, fmt.Errorf("count the register by country and form: %w", err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.known, g.until = known, now.Add(remembered)
	return known, nil
}
