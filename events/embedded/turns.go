package embedded

import (
	"sync"

	"github.com/nats-io/nats.go"
)

// turns are the requests that wait at the gate, each subscriber's in a line of
// its own. Of a line one request is answered at a time, and lines take turns:
// whoever asks much keeps nobody else waiting.
type turns struct {
	mu    sync.Mutex
	some  *sync.Cond
	lines map[string][]*nats.Msg // of users of whom a request waits, or is being answered
	next  []string               // users whose first request may be answered, in their order
	shut  bool
}

func newTurns() *turns {
	t := &turns{lines: make(map[string][]*nats.Msg)}
	t.some = sync.NewCond(&t.mu)
	return t
}

// add puts a request at the end of its user's line, unless the line is full.
func (t *turns) add(user string, msg *nats.Msg) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	line, known := t.lines[user]
	if len(line) >= gateLine {
		return false
	}
	t.lines[user] = append(line, msg)
	if !known {
		t.turn(user)
	}
	return true
}

// turn lets a user be the last of those whose turn it is.
func (t *turns) turn(user string) {
	t.next = append(t.next, user)
	t.some.Signal()
}

// take waits for the next request. The user's turn ends with done.
func (t *turns) take() (user string, msg *nats.Msg, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.next) == 0 && !t.shut {
		t.some.Wait()
	}
	if t.shut {
		return "", nil, false
	}
	user, t.next = t.next[0], t.next[1:]
	msg, t.lines[user] = t.lines[user][0], t.lines[user][1:]
	return user, msg, true
}

func (t *turns) done(user string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.lines[user]) == 0 {
		delete(t.lines, user)
		return
	}
	t.turn(user)
}

// close ends the waiting; what waits is dropped.
func (t *turns) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.shut = true
	t.some.Broadcast()
}
