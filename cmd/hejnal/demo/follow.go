package demo

import (
	"context"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/cmd/hejnal/installation"
	"hejnal/events"
)

// Listener is a subscriber with a login of its own, who prints every event as it arrives.
type Listener struct {
	out     io.Writer
	line    func(subject string, event []byte) string
	conn    *nats.Conn
	reading jetstream.ConsumeContext
	running *installation.Installation
	last    atomic.Int64
	count   atomic.Int64
	arrived chan struct{}
}

// follower is the subscriber's login.
const follower = "demo"

// Follow adds a subscriber to the installation, connects as it, and prints the line of each event that it receives until
// Close.
func Follow(
	ctx context.Context, running *installation.Installation, out io.Writer, line func(subject string, event []byte) string,
) (*Listener, error) {
	password := installation.Secret()
	allow := []string{running.Config.Subjects().All()}
	if err := running.Engine.AddSubscriber(ctx, follower, installation.HashPassword(password), allow); err != nil {
		return nil, err
	}
	conn, err := nats.Connect(running.NATSURL(), nats.UserInfo(follower, password), nats.CustomInboxPrefix("_INBOX_"+follower))
	if err != nil {
		return nil, fmt.Errorf("connect as a subscriber: %w", err)
	}
	l := &Listener{out: out, line: line, conn: conn, running: running, arrived: make(chan struct{}, 1)}
	if err := l.read(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return l, nil
}

func (l *Listener) read(ctx context.Context) error {
	js, err := jetstream.New(l.conn)
	if err != nil {
		return fmt.Errorf("open JetStream: %w", err)
	}
	consumer, err := js.Consumer(ctx, events.StreamInternal, follower)
	if err != nil {
		return fmt.Errorf("open durable consumer: %w", err)
	}
	l.reading, err = consumer.Consume(l.print)
	if err != nil {
		return fmt.Errorf("read durable consumer: %w", err)
	}
	return nil
}

// print writes one line for an event.
func (l *Listener) print(message jetstream.Msg) {
	fmt.Fprintln(l.out, l.line(message.Subject(), message.Data()))
	meta, err := message.Metadata()
	if err == nil {
		l.last.Store(int64(meta.Sequence.Stream))
	}
	l.count.Add(1)
	if err := message.Ack(); err != nil {
		fmt.Fprintf(l.out, "acknowledge %s: %v\n", message.Subject(), err)
	}
	select {
	case l.arrived <- struct{}{}:
	default:
	}
}

// Finish waits until every committed event has arrived.
func (l *Listener) Finish(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	head, err := l.running.Store.Head(ctx)
	if err != nil {
		return fmt.Errorf("read the journal's head: %w", err)
	}
	for l.last.Load() < head {
		select {
		case <-l.arrived:
		case <-ctx.Done():
			return fmt.Errorf("wait for event %d, %d arrived: %w", head, l.last.Load(), ctx.Err())
		}
	}
	return nil
}

// Count tells how many events arrived.
func (l *Listener) Count() int64 { return l.count.Load() }

// Close ends the subscription.
func (l *Listener) Close() error {
	l.reading.Stop()
	<-l.reading.Closed()
	l.conn.Close()
	return nil
}
