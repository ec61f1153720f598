package eventstest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"hejnal/events"
)

// Feed is a feed in memory. Its zero value is empty and ready.
type Feed struct {
	mu       sync.Mutex
	messages []events.Message
}

// Append commits n ordinary events under one subject prefix and returns the
// new head.
func (f *Feed) Append(prefix string, n int) int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	for range n {
		f.messages = append(f.messages, Message(prefix, int64(len(f.messages)+1)))
	}
	return int64(len(f.messages))
}

// Add commits one event as it is, with the next position.
func (f *Feed) Add(m events.Message) int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	m.Pos = int64(len(f.messages) + 1)
	f.messages = append(f.messages, m)
	return m.Pos
}

// Truncate forgets everything after pos, as an older backup would.
func (f *Feed) Truncate(pos int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.messages = f.messages[:pos]
}

// Head implements events.Feed.
func (f *Feed) Head(context.Context) (int64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return int64(len(f.messages)), nil
}

// After implements events.Feed.
func (f *Feed) After(_ context.Context, pos int64, limit int) ([]events.Message, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	rest := f.messages[min(pos, int64(len(f.messages))):]
	return slices.Clone(rest[:min(limit, len(rest))]), nil
}

// Message makes the event of a position, the same one every time.
func Message(prefix string, pos int64) events.Message {
	id := fmt.Sprintf("event-%d", pos)
	proposal := fmt.Sprintf("p%d", pos%7)
	text, err := events.Envelope{
		ID: id, Source: "urn:hejnal:test", Type: "pl.krakow.cooperation.transition.v1", Subject: proposal,
		Time: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC).Add(time.Duration(pos) * time.Second),
		Data: json.RawMessage(fmt.Sprintf(`{"pos":%d,"note":"zażółć & <b>"}`, pos)),
	}.Stored()
	if err != nil {
		panic(err)
	}
	return events.Message{Pos: pos, ID: id, Subject: prefix + ".transition.twin_city_agreement.opened." + proposal, Text: text}
}

// Lease is a lease in memory. Its zero value is free.
type Lease struct {
	mu   sync.Mutex
	held map[string]holding
}

type holding struct {
	by    string
	until time.Time
}

// Acquire implements events.Lease.
func (l *Lease) Acquire(_ context.Context, name, holder string, ttl time.Duration) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if h, ok := l.held[name]; ok && h.by != holder && now.Before(h.until) {
		return false, nil
	}
	if l.held == nil {
		l.held = make(map[string]holding)
	}
	l.held[name] = holding{by: holder, until: now.Add(ttl)}
	return true, nil
}

// Release implements events.Lease.
func (l *Lease) Release(_ context.Context, name, holder string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held[name].by == holder {
		delete(l.held, name)
	}
	return nil
}
