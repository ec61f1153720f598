package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
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
	conn    *nats.Conn
	reading jetstream.ConsumeContext
	running *installation.Installation
	last    atomic.Int64
	count   atomic.Int64
	arrived chan struct{}
}

// follower is the subscriber's login.
const follower = "demo"

// Follow adds a subscriber to the installation, connects as it, and prints what it receives until Close: position,
// subject, event, title.
func Follow(ctx context.Context, running *installation.Installation, out io.Writer) (*Listener, error) {
	password := installation.Secret()
	allow := []string{running.Config.Subjects().All()}
	if err := running.Engine.AddSubscriber(ctx, follower, installation.HashPassword(password), allow); err != nil {
		return nil, err
	}
	conn, err := nats.Connect(running.NATSURL(), nats.UserInfo(follower, password), nats.CustomInboxPrefix("_INBOX_"+follower))
	if err != nil {
		return nil, fmt.Errorf("connect as a subscriber: %w", err)
	}
	l := &Listener{out: out, conn: conn, running: running, arrived: make(chan struct{}, 1)}
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
	var event struct {
		Sequence string
		Data     struct {
			Title json.RawMessage `json:"title"`
			Kind  string          `json:"kind"`
		}
	}
	if err := json.Unmarshal(message.Data(), &event); err != nil {
		fmt.Fprintf(l.out, "unreadable event on %s: %v\n", message.Subject(), err)
		return
	}
	position := strings.TrimLeft(event.Sequence, "0")
	fmt.Fprintf(l.out, "%6s  %s  %s  %s\n", position, message.Subject(), eventOf(message.Subject()), titleOf(event.Data.Title, event.Data.Kind))
	meta, err := message.Metadata()
	if err == nil {
		l.last.Store(int64(meta.Sequence.Stream))
	}
	l.count.Add(1)
	if err := message.Ack(); err != nil {
		fmt.Fprintf(l.out, "acknowledge %s: %v\n", position, err)
	}
	select {
	case l.arrived <- struct{}{}:
	default:
	}
}

// eventOf gives the event that a subject names.
func eventOf(subject string) string {
	tokens := strings.Split(subject, ".")
	for i, token := range tokens {
		switch {
		case token == "transition" && i+2 < len(tokens), token == "task" && i+2 < len(tokens):
			return tokens[i+2]
		case token == "document" && i+1 < len(tokens), token == "admin" && i+1 < len(tokens):
			return tokens[i+1]
		}
	}
	return subject
}

// titleOf gives a title as people read it: a text, or its Polish part.
func titleOf(raw json.RawMessage, kind string) string {
	var text string
	if json.Unmarshal(raw, &text) == nil && text != "" {
		return text
	}
	var both struct{ PL string }
	if json.Unmarshal(raw, &both) == nil && both.PL != "" {
		return both.PL
	}
	return kind
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
