package held_test

import (
	"fmt"
	"sync"
	"testing"

	"hejnal/store/internal/held"
)

func TestWhatWasUsedLastIsKept(t *testing.T) {
	h := held.New[int](2, 100)
	h.Put(h.Era(), "a", 1, 10)
	h.Put(h.Era(), "b", 2, 10)
	if got, known := h.Get("a"); got != 1 || !known {
		t.Errorf("a is %d, %v", got, known)
	}
	h.Put(h.Era(), "c", 3, 10)
	for key, want := range map[string]int{"a": 1, "b": 0, "c": 3, "d": 0} {
		if got, known := h.Get(key); got != want || known != (want != 0) {
			t.Errorf("%s is %d, %v, want %d", key, got, known, want)
		}
	}
}

func TestItsSizeIsBounded(t *testing.T) {
	for _, test := range []struct{ entries, bytes, weight, want int }{
		{3, 1000, 10, 3}, {100, 50, 10, 5}, {100, 50, 51, 0}, {100, 50, 50, 1},
	} {
		h := held.New[int](test.entries, test.bytes)
		for n := range 500 {
			h.Put(h.Era(), fmt.Sprint(n), n, test.weight)
			h.Put(h.Era(), fmt.Sprint(n), n, test.weight)
			if count, bytes := h.Size(); count > test.entries || bytes > test.bytes || bytes != count*test.weight {
				t.Fatalf("%+v: %d of %d bytes", test, count, bytes)
			}
		}
		if count, _ := h.Size(); count != test.want {
			t.Errorf("%+v: %d are kept", test, count)
		}
	}
}

func TestWhatWasReadBeforeItWasClearedIsNotKept(t *testing.T) {
	h := held.New[int](10, 100)
	before := h.Era()
	h.Put(before, "a", 1, 1)
	h.Clear()
	h.Put(before, "b", 2, 1)
	if count, bytes := h.Size(); count != 0 || bytes != 0 {
		t.Errorf("%d are kept, of %d bytes", count, bytes)
	}
	h.Put(h.Era(), "b", 3, 1)
	if got, _ := h.Get("b"); got != 3 {
		t.Errorf("b is %d", got)
	}
}

func TestManyUseItAtOnce(t *testing.T) {
	h := held.New[int](8, 100)
	var using sync.WaitGroup
	for n := range 16 {
		using.Go(func() {
			for i := range 200 {
				key := fmt.Sprint((n + i) % 12)
				h.Put(h.Era(), key, (n+i)%12, 1)
				if got, known := h.Get(key); known && fmt.Sprint(got) != key {
					t.Errorf("%s is %d", key, got)
				}
				if i%50 == 0 {
					h.Clear()
				}
			}
		})
	}
	using.Wait()
}
