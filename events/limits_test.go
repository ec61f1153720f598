package events_test

import (
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

func TestWhatAnOperatorChoseIsSaidInWords(t *testing.T) {
	for want, config := range map[string]jetstream.StreamConfig{
		"": {MaxAge: 0, MaxBytes: -1, MaxMsgs: -1, MaxMsgsPerSubject: -1, Replicas: 3, Discard: jetstream.DiscardNew},
		"keeps events for 1h0m0s only, keeps 5 events at most":  {MaxAge: time.Hour, MaxMsgs: 5, Replicas: 5},
		"keeps 9 bytes at most, takes no event when it is full": {MaxBytes: 9, Replicas: 3, Discard: jetstream.DiscardNew},
		"keeps 2 events of a subject at most":                   {MaxMsgsPerSubject: 2, Replicas: 3},
		"is kept on 1 of the 3 servers asked for":               {},
	} {
		if got := events.Limits(config, 3); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
