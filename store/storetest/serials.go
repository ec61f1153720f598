package storetest

import (
	"bytes"
	"sync"
	"testing"

	"hejnal/store"
)

// serials draws numbers of two series at once, by two processes.
func serials(t *testing.T, database Database) {
	stores := []store.Store{database.Open(t), database.Open(t)}
	var mutex sync.Mutex
	drawn := map[string]map[int]bool{"2026": {}, "2027": {}}
	var acts []func() error
	const draws = 40
	for i := range 2 * draws {
		series := []string{"2026", "2027"}[i%2]
		acts = append(acts, func() error {
			number, err := stores[i/2%2].NextSerial(t.Context(), series)
			mutex.Lock()
			defer mutex.Unlock()
			drawn[series][number] = true
			return err
		})
	}
	for _, err := range together(acts...) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for series, numbers := range drawn {
		for number := 1; number <= draws; number++ {
			if !numbers[number] {
				t.Errorf("%s: %d was not drawn", series, number)
			}
		}
	}
}

// definitions stores canonical forms by digest.
func definitions(t *testing.T, database Database) {
	s := database.Open(t)
	source := []byte("{\"form\":\"agreement\"}\n\x00")
	for _, given := range [][]byte{source, []byte("ignored, for the digest is known")} {
		if err := s.PutDefinition(t.Context(), "agreement", 1, "d1", given); err != nil {
			t.Fatal(err)
		}
	}
	if got := must[[]byte](t)(s.Definition(t.Context(), "d1")); !bytes.Equal(got, source) {
		t.Errorf("got %q, want %q", got, source)
	}
}
