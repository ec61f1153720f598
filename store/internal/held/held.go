// Package held keeps what was read, so that of what has not changed since no more than its version need be read again.
// What is kept is never the answer by itself: whoever asks compares it with what is stored now.
package held

import (
	"container/list"
	"sync"
)

// Held keeps values by key, those used last. What it gives out is shared and must not be changed.
type Held[V any] struct {
	mutex        sync.Mutex
	entries      int
	bytes        int
	used         int
	era          int64
	latest       *list.List // of *entry[V], the last used in front
	elementByKey map[string]*list.Element
}

type entry[V any] struct {
	key    string
	value  V
	weight int
}

// New returns one that keeps so many values at most, of so many bytes together.
func New[V any](entries, bytes int) *Held[V] {
	return &Held[V]{entries: entries, bytes: bytes, latest: list.New(), elementByKey: map[string]*list.Element{}}
}

// Get returns what is kept under the key, and false where nothing is.
func (h *Held[V]) Get(key string) (V, bool) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	element, known := h.elementByKey[key]
	if !known {
		var none V
		return none, false
	}
	h.latest.MoveToFront(element)
	return element.Value.(*entry[V]).value, true
}

// Era changes with each Clear. Who is about to read something notes it, for Put.
func (h *Held[V]) Era() int64 {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	return h.era
}

// Put keeps a value of about so many bytes, in place of the one under the key. What was read in an earlier era is not kept.
func (h *Held[V]) Put(era int64, key string, value V, weight int) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if era != h.era {
		return
	}
	if before, known := h.elementByKey[key]; known {
		h.drop(before)
	}
	h.elementByKey[key] = h.latest.PushFront(&entry[V]{key, value, weight})
	h.used += weight
	for len(h.elementByKey) > h.entries || h.used > h.bytes {
		h.drop(h.latest.Back())
	}
}

// Clear forgets everything.
func (h *Held[V]) Clear() {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.era++
	h.used = 0
	h.latest.Init()
	clear(h.elementByKey)
}

// Size tells how many values are kept, and of how many bytes.
func (h *Held[V]) Size() (entries, bytes int) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	return len(h.elementByKey), h.used
}

func (h *Held[V]) drop(element *list.Element) {
	gone := h.latest.Remove(element).(*entry[V])
	delete(h.elementByKey, gone.key)
	h.used -= gone.weight
}
