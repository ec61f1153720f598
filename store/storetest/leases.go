package storetest

import (
	"testing"
	"time"

	"hejnal/store"
)

// leases lets two processes want one lease.
func leases(t *testing.T, database Database) {
	stores := []store.Store{database.Open(t), database.Open(t)}
	take := func(who int, name string, ttl time.Duration) bool {
		t.Helper()
		return must[bool](t)(stores[who].Acquire(t.Context(), name, []string{"a", "b"}[who], ttl))
	}
	release := func(who int) {
		t.Helper()
		if err := stores[who].Release(t.Context(), "relay", []string{"a", "b"}[who]); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(what string, got, want bool) {
		t.Helper()
		if got != want {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
	holder := func(want string) {
		t.Helper()
		for _, s := range stores {
			same(t, "holder", want, must[string](t)(s.Holder(t.Context(), "relay")))
		}
	}
	holder("")
	expect("a free lease", take(0, "relay", time.Hour), true)
	holder("a")
	expect("renewed", take(0, "relay", time.Hour), true)
	expect("held by another", take(1, "relay", time.Hour), false)
	expect("another lease", take(1, "sweep", time.Hour), true)
	release(1)
	expect("released by who has it not", take(1, "relay", time.Hour), false)
	release(0)
	release(0)
	holder("")
	expect("released", take(1, "relay", time.Millisecond), true)
	for held := "b"; held != ""; { // it runs out
		held = must[string](t)(stores[0].Holder(t.Context(), "relay"))
	}
	expect("run out", take(0, "relay", time.Hour), true)
	holder("a")
	expect("taken over", take(1, "relay", time.Hour), false)
}

// leaseRace lets many want a free lease at once.
func leaseRace(t *testing.T, database Database) {
	stores := []store.Store{database.Open(t), database.Open(t)}
	won := make([]bool, 16)
	var acts []func() error
	for i := range won {
		acts = append(acts, func() error {
			var err error
			won[i], err = stores[i%2].Acquire(t.Context(), "relay", newID(), time.Hour)
			return err
		})
	}
	for _, err := range together(acts...) {
		if err != nil {
			t.Fatal(err)
		}
	}
	winners := 0
	for _, took := range won {
		if took {
			winners++
		}
	}
	if winners != 1 {
		t.Errorf("%d hold the lease", winners)
	}
}
