package events_test

import (
	"testing"

	"hejnal/events"
)

func TestHashIsThatOfSaltAndValue(t *testing.T) {
	const want = "sha256:d430a1da30afe1a9d07b3b36042151ebaf53c4882af1609733c04930de318e33"
	if got := events.Hash([]byte("salt"), []byte("value")); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if events.Hash([]byte("other"), []byte("value")) == want {
		t.Error("the salt does not count")
	}
}
