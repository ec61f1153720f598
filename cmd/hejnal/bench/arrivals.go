package bench

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

// arrivals is a subscriber that notes when the event of each sequence reached it.
type arrivals struct {
	conn    *nats.Conn
	reading jetstream.ConsumeContext

	mu   sync.Mutex
	at   map[uint64]time.Time
	last uint64
	news chan struct{}
}

// subscribe follows the internal stream from now on by an ordered consumer over a connection of its own.
func subscribe(ctx context.Context, url, user, password string) (*arrivals, error) {
	conn, err := nats.Connect(url, nats.UserInfo(user, password))
	if err != nil {
		return nil, fmt.Errorf("connect subscriber: %w", err)
	}
	a := &arrivals{conn: conn, at: map[uint64]time.Time{}, news: make(chan struct{}, 1)}
	if err := a.read(ctx); err != nil {
		conn.Close()
		return nil, fmt.Errorf("subscribe: %w", err)
	}
	return a, nil
}

func (a *arrivals) read(ctx context.Context) error {
	js, err := jetstream.New(a.conn)
	if err != nil {
		return err
	}
	consumer, err := js.OrderedConsumer(ctx, events.StreamInternal, jetstream.OrderedConsumerConfig{DeliverPolicy: jetstream.DeliverNewPolicy})
	if err != nil {
		return err
	}
	a.reading, err = consumer.Consume(a.note)
	return err
}

// note keeps the moment at which an event arrived.
func (a *arrivals) note(message jetstream.Msg) {
	now := time.Now()
	meta, err := message.Metadata()
	if err != nil {
		return // no event; whoever waits for one misses it
	}
	a.mu.Lock()
	a.at[meta.Sequence.Stream] = now
	a.last = meta.Sequence.Stream
	a.mu.Unlock()
	select {
	case a.news <- struct{}{}:
	default:
	}
}

// count is how many events arrived.
func (a *arrivals) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.at)
}

// when is the moment at which the event of the sequence arrived.
func (a *arrivals) when(sequence uint64) (time.Time, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	at, found := a.at[sequence]
	return at, found
}

// await waits until the event of the sequence has arrived; the stream is in order.
func (a *arrivals) await(ctx context.Context, sequence uint64) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		a.mu.Lock()
		last := a.last
		a.mu.Unlock()
		if last >= sequence {
			return nil
		}
		select {
		case <-a.news:
		case <-ctx.Done():
			return fmt.Errorf("wait for event %d at the subscriber, which has %d: %w", sequence, last, ctx.Err())
		}
	}
}

func (a *arrivals) close() {
	a.reading.Stop()
	<-a.reading.Closed()
	a.conn.Close()
}
