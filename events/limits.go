package events

import (
	"fmt"
	"strings"

	"github.com/nats-io/nats.go/jetstream"
)

// Limits says in words what an operator chose for a stream so that it does not
// keep everything, or not on as many servers as asked for; it is empty where
// nothing was. That is the operator's right: the events are in the store.
func Limits(c jetstream.StreamConfig, replicas int) string {
	var said []string
	say := func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }
	if c.MaxAge > 0 {
		say("keeps events for %s only", c.MaxAge)
	}
	if c.MaxBytes > 0 {
		say("keeps %d bytes at most", c.MaxBytes)
	}
	if c.MaxMsgs > 0 {
		say("keeps %d events at most", c.MaxMsgs)
	}
	if c.MaxMsgsPerSubject > 0 {
		say("keeps %d events of a subject at most", c.MaxMsgsPerSubject)
	}
	if len(said) > 0 && c.Discard == jetstream.DiscardNew {
		say("takes no event when it is full")
	}
	if c.Replicas < replicas {
		say("is kept on %d of the %d servers asked for", max(1, c.Replicas), replicas)
	}
	return strings.Join(said, ", ")
}

// limited answers whether the operator lets the stream forget old messages.
func limited(c jetstream.StreamConfig) bool {
	return c.MaxAge > 0 || c.MaxMsgs > 0 || c.MaxBytes > 0 || c.MaxMsgsPerSubject > 0
}

// tellLimits logs what an operator chose, once, and again when it changes.
func (r *Relay) tellLimits(c jetstream.StreamConfig) {
	said := Limits(c, r.opts.Stream.Replicas)
	if said == r.limits {
		return
	}
	if r.limits = said; said == "" {
		r.log.Info("the stream has no limits any more")
		return
	}
	r.log.Warn("an operator's limits hold for the stream", "limits", said)
}
