package metrics

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"hejnal/events"
)

// Stream is what a stream's measurements are read from; all are required.
type Stream struct {
	Status func() events.Status
	Feed   events.Feed
	Now    func() time.Time
}

// lookTime is how long the store may take to say what waits.
const lookTime = time.Second

// backlog finds out how far a stream is behind. What the store told last holds while it does not answer.
type backlog struct {
	Stream

	mu   sync.Mutex
	head int64
	pos  int64     // of the oldest event that was seen waiting
	at   time.Time // when that was committed
}

// look answers the head of the journal and for how long the first event behind it waits.
func (b *backlog) look(s events.Status) (head int64, age time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), lookTime)
	defer cancel()
	if found, err := b.Feed.Head(ctx); err == nil {
		b.head = found
	}
	b.head = max(b.head, s.Head)
	if b.head <= s.Last {
		return b.head, 0
	}
	if b.pos != s.Last+1 {
		waits, err := b.Feed.After(ctx, s.Last, 1)
		switch {
		case err == nil && len(waits) == 1:
			b.pos, b.at = waits[0].Pos, waits[0].At
		case b.at.IsZero():
			return b.head, 0
		}
	}
	return b.head, max(0, b.Now().Sub(b.at))
}

var relayDescs = struct {
	leader, state, head, last, lag, age, missing, ahead, epoch, published, batches, failures, stalls, remakes *prometheus.Desc
}{
	leader:    describe("hejnal_relay_leader", "1 while this instance publishes into the stream.", "stream"),
	state:     describe("hejnal_relay_state", "1 for the state of the relay.", "stream", "state"),
	head:      describe("hejnal_relay_journal_position", "Last committed position.", "stream"),
	last:      describe("hejnal_relay_stream_position", "Last sequence of the stream.", "stream"),
	lag:       describe("hejnal_relay_lag_events", "Events committed and not yet published.", "stream"),
	age:       describe("hejnal_relay_lag_seconds", "Age of the oldest event that is not yet published; 0 where there is none.", "stream"),
	missing:   describe("hejnal_relay_missing_events", "Events missing inside the stream.", "stream"),
	ahead:     describe("hejnal_relay_ahead", "1 while the stream holds more than the store.", "stream"),
	epoch:     describe("hejnal_relay_epoch", "Number of the stream's epoch; 0 until this instance has led.", "stream"),
	published: describe("hejnal_relay_published_events_total", "Events published by this instance.", "stream"),
	batches:   describe("hejnal_relay_batches_total", "Atomic batches published by this instance.", "stream"),
	failures:  describe("hejnal_relay_failures_total", "Attempts to publish that failed.", "stream"),
	stalls:    describe("hejnal_relay_stalls_total", "Times the stream refused what belongs next by its own account.", "stream"),
	remakes:   describe("hejnal_relay_remakes_total", "Times this instance made the stream anew.", "stream"),
}

type relayCollector struct{ streams []*backlog }

func newRelayCollector(streams []Stream) relayCollector {
	var c relayCollector
	for _, stream := range streams {
		c.streams = append(c.streams, &backlog{Stream: stream})
	}
	return c
}

// Describe implements [prometheus.Collector].
func (relayCollector) Describe(to chan<- *prometheus.Desc) {
	d := relayDescs
	for _, desc := range []*prometheus.Desc{
		d.leader, d.state, d.head, d.last, d.lag, d.age, d.missing, d.ahead, d.epoch, d.published, d.batches, d.failures, d.stalls, d.remakes,
	} {
		to <- desc
	}
}

// Collect implements [prometheus.Collector].
func (c relayCollector) Collect(to chan<- prometheus.Metric) {
	d := relayDescs
	for _, stream := range c.streams {
		s := stream.Status()
		head, age := stream.look(s)
		to <- gauge(d.leader, truth(s.Leader), s.Stream)
		for _, state := range events.States() {
			to <- gauge(d.state, truth(s.State == state), s.Stream, string(state))
		}
		to <- gauge(d.head, float64(head), s.Stream)
		to <- gauge(d.last, float64(s.Last), s.Stream)
		to <- gauge(d.lag, float64(max(0, head-s.Last)), s.Stream)
		to <- gauge(d.age, age.Seconds(), s.Stream)
		to <- gauge(d.missing, float64(s.Gaps), s.Stream)
		to <- gauge(d.ahead, truth(s.State == events.StateAhead || s.Last > head), s.Stream)
		to <- gauge(d.epoch, float64(s.Epoch), s.Stream)
		to <- counter(d.published, float64(s.Published), s.Stream)
		to <- counter(d.batches, float64(s.Batches), s.Stream)
		to <- counter(d.failures, float64(s.Failures), s.Stream)
		to <- counter(d.stalls, float64(s.Stalls), s.Stream)
		to <- counter(d.remakes, float64(s.Remakes), s.Stream)
	}
}
