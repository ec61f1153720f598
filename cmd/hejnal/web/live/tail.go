// Package live tells browsers and programs what happens while it happens, as server-sent events: what is told is the journal,
// in its order, each entry under its position.
package live

import (
	"context"
	"fmt"
	"sync"

	"hejnal/store"
)

// Bounds of what is kept of the journal's end, and read at once.
const (
	kept  = 512
	batch = 128
)

// Journal is what is told.
type Journal interface {
	Head(ctx context.Context) (int64, error)
	After(ctx context.Context, pos int64, limit int) ([]store.Record, error)
}

// tail keeps the end of the journal, so that many listeners cost one read.
type tail struct {
	journal Journal

	mu      sync.Mutex
	records []store.Record // by position, without gaps
}

// after gives entries that follow pos, in order and without gaps; none where there is nothing yet.
func (t *tail) after(ctx context.Context, pos int64) ([]store.Record, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := len(t.records); n > 0 && t.records[0].Pos <= pos+1 && pos < t.records[n-1].Pos {
		return t.records[pos+1-t.records[0].Pos:], nil
	}
	read, err := t.journal.After(ctx, pos, batch)
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	t.keep(read)
	return read, nil
}

// keep adds entries to the end that is kept, or begins it anew with them.
func (t *tail) keep(read []store.Record) {
	if len(read) == 0 {
		return
	}
	n := len(t.records)
	switch {
	case n == 0 || t.records[n-1].Pos+1 < read[0].Pos || t.records[0].Pos > read[0].Pos:
		if n > 0 && read[0].Pos < t.records[0].Pos {
			return // somebody reads far behind
		}
		t.records = append([]store.Record(nil), read...)
	default:
		known := int(t.records[n-1].Pos + 1 - read[0].Pos)
		if known < len(read) {
			t.records = append(t.records, read[known:]...)
		}
	}
	if over := len(t.records) - kept; over > 0 {
		t.records = append([]store.Record(nil), t.records[over:]...)
	}
}
