package store_test

import (
	"errors"
	"fmt"
	"testing"

	"hejnal/store"
)

func TestErrorsNameTheRowAndAreFoundByTheirSentinel(t *testing.T) {
	for _, test := range []struct {
		err      error
		sentinel error
		text     string
	}{
		{&store.StaleError{What: "case", ID: "c1"}, store.ErrStale, "case c1: changed meanwhile"},
		{&store.ExistsError{What: "partner", ID: "p1"}, store.ErrExists, "partner p1: already exists"},
	} {
		if wrapped := fmt.Errorf("commit change: %w", test.err); !errors.Is(wrapped, test.sentinel) {
			t.Errorf("%v is not %v", wrapped, test.sentinel)
		}
		if got := test.err.Error(); got != test.text {
			t.Errorf("got %q, want %q", got, test.text)
		}
	}
}
