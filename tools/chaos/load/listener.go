package load

import (
	"bytes"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
)

// Listener hears events at the moment at which the program sends them, whatever becomes of them.
type Listener struct {
	mu      sync.Mutex
	highest uint64
	sent    []time.Time // when an event was sent that follows all before it
}

// Listen begins to hear the events of the internal stream.
func Listen(conn *nats.Conn) (*Listener, error) {
	l := &Listener{}
	if _, err := conn.Subscribe("krakow.cooperation.>", l.hear); err != nil {
		return nil, fmt.Errorf("listen for events: %w", err)
	}
	return l, nil
}

// position is how the published text tells its place.
var position = []byte(`{"sequence":"`)

func (l *Listener) hear(message *nats.Msg) {
	rest, found := bytes.CutPrefix(message.Data, position)
	digits, _, ended := bytes.Cut(rest, []byte(`"`))
	sequence, err := strconv.ParseUint(string(digits), 10, 64)
	if !found || !ended || err != nil {
		return // the checker reads every byte
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if sequence > l.highest {
		l.highest, l.sent = sequence, append(l.sent, time.Now())
	}
}

// Sent are the moments since the one given at which something new was sent.
func (l *Listener) Sent(since time.Time) []time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return after(l.sent, since)
}

// after gives the moments from one on.
func after(moments []time.Time, since time.Time) []time.Time {
	first := len(moments)
	for first > 0 && !moments[first-1].Before(since) {
		first--
	}
	return append([]time.Time(nil), moments[first:]...)
}
