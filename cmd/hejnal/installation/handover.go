package installation

import (
	"context"
	"slices"
	"sync"
	"time"

	"hejnal/events"
	"hejnal/store"
)

// Bounds of what is handed over: a relay that is further behind reads the journal, in larger portions.
const (
	handedEvents = 1024
	handedBytes  = 4 << 20
	handedFor    = 2 * time.Second
)

// handover keeps the events that this process committed a moment ago, so that its own relay need not read them back. It
// says nothing of order: what is missing, or was committed elsewhere, is read from the journal, and the relay and the
// stream check every position. Its zero value but for now is empty.
type handover struct {
	now func() time.Time

	mu     sync.Mutex
	kept   []events.Message // by position, not always without holes
	bytes  int
	newest time.Time // when the last of them was committed
	own    bool      // something was put since the last take
	public bool      // and some of it has a public event
}

// put keeps the entries of changes that are durable. It is called in the order of their commits.
func (h *handover) put(changes []store.Durable) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.now()
	if now.Sub(h.newest) > handedFor {
		h.drop(len(h.kept))
	}
	h.newest, h.own = now, true
	for _, change := range changes {
		for i, entry := range change.Entries {
			h.public = h.public || entry.Public != nil
			h.add(events.Message{Pos: change.FirstPos + int64(i), ID: entry.ID, Subject: entry.Subject, Text: entry.Text, At: change.At})
		}
	}
}

// add keeps one event. One that does not come after the last means that the journal is another than before.
func (h *handover) add(m events.Message) {
	if n := len(h.kept); n == handedEvents || h.bytes+len(m.Text) > handedBytes || n > 0 && h.kept[n-1].Pos >= m.Pos {
		h.drop(n)
	}
	h.kept, h.bytes = append(h.kept, m), h.bytes+len(m.Text)
}

func (h *handover) drop(count int) {
	for _, m := range h.kept[:count] {
		h.bytes -= len(m.Text)
	}
	clear(h.kept[:count])
	h.kept = h.kept[count:]
}

// after gives at most limit events that follow pos without a hole, and drops those up to pos. None means that the journal
// must be read.
func (h *handover) after(pos int64, limit int) []events.Message {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.now().Sub(h.newest) > handedFor {
		h.drop(len(h.kept))
	}
	passed := 0
	for passed < len(h.kept) && h.kept[passed].Pos <= pos {
		passed++
	}
	if passed > 0 {
		h.drop(passed)
	}
	count := 0
	for count < min(limit, len(h.kept)) && h.kept[count].Pos == pos+int64(count)+1 {
		count++
	}
	return slices.Clone(h.kept[:count])
}

// take tells whether anything was put since it was last asked, and whether any of that has a public event.
func (h *handover) take() (own, public bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	own, public = h.own, h.public
	h.own, h.public = false, false
	return own, public
}

// handedFeed is a feed that gives what was handed over before it reads.
type handedFeed struct {
	events.Feed
	handed *handover
}

// After gives what was handed over, or reads.
func (f handedFeed) After(ctx context.Context, pos int64, limit int) ([]events.Message, error) {
	if handed := f.handed.after(pos, limit); len(handed) > 0 {
		return handed, nil
	}
	return f.Feed.After(ctx, pos, limit)
}
