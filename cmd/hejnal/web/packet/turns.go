package packet

import (
	"context"
	"sync"
	"time"

	"hejnal/cmd/hejnal/web/fault"
)

const (
	// atOnce is how many packets are written at a time, one for each person; further ones wait their turn for so long.
	atOnce   = 4
	patience = 30 * time.Second
)

// Turns bounds how many packets are written at once.
type Turns struct {
	under  chan struct{} // one for each packet that is under way
	people sync.Map      // who are given one
}

// NewTurns makes the turns of one server.
func NewTurns() *Turns { return &Turns{under: make(chan struct{}, atOnce)} }

// Take waits until a packet can be written for somebody; end is to be called when it was. It is fault.ErrBusy where one is being
// written for the same person, or too many are for others.
func (t *Turns) Take(ctx context.Context, person string) (end func(), err error) {
	if _, under := t.people.LoadOrStore(person, true); under {
		return nil, fault.ErrBusy
	}
	waiting := time.NewTimer(patience)
	defer waiting.Stop()
	select {
	case t.under <- struct{}{}:
		return func() {
			<-t.under
			t.people.Delete(person)
		}, nil
	case <-waiting.C:
		err = fault.ErrBusy
	case <-ctx.Done():
		err = ctx.Err()
	}
	t.people.Delete(person)
	return nil, err
}
