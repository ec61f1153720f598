package installation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
	"hejnal/events/embedded"
	"hejnal/store"
)

// makeDurables makes the durable consumers of all subscribers, where they are missing. A subscriber whose own cannot be
// made is told to the operator and does not hold up the others, nor the events.
func (c Config) makeDurables(ctx context.Context, js jetstream.JetStream, kept store.Subscribers) error {
	subscribers, err := kept.ListSubscribers(ctx)
	if err != nil {
		return fmt.Errorf("list subscribers: %w", err)
	}
	for _, subscriber := range subscribers {
		if subscriber.Disabled {
			continue
		}
		err := c.makeDurable(ctx, js, subscriber)
		var refused jetstream.JetStreamError
		switch {
		case err == nil, errors.Is(err, jetstream.ErrStreamNotFound): // who makes that stream makes its durables
		case errors.As(err, &refused), embedded.CheckLogin(c.Subjects(), subscriber.Name, subscriber.Allow) != nil:
			c.log().Warn("make durable consumer", "subscriber", subscriber.Name, "error", err)
		default:
			return err
		}
	}
	return nil
}

// making is how long one consumer may take. A cluster that has just made the stream may lose the question; it is asked again,
// and nothing is published before.
const making = 2 * time.Second

func (c Config) makeDurable(ctx context.Context, js jetstream.JetStream, subscriber store.Subscriber) error {
	ctx, cancel := context.WithTimeout(ctx, making)
	defer cancel()
	return embedded.EnsureDurable(ctx, js, c.Subjects(), subscriber.Name, subscriber.Allow)
}

// keepDurables makes the consumers that are missing in a cluster outside. While a stream is deleted and made again its servers
// may disagree about what there is, so that one which was found, or whose stream was not, is gone a moment later.
func (c Config) keepDurables(ctx context.Context, conn *nats.Conn, kept store.Subscribers) error {
	if c.NATS == "" || !conn.IsConnected() {
		return nil
	}
	js, err := jetstream.New(conn)
	if err != nil {
		return fmt.Errorf("open JetStream: %w", err)
	}
	return c.makeDurables(ctx, js, kept)
}

// streamMissing reports whether one of the streams is not there.
func streamMissing(ctx context.Context, js jetstream.JetStream) (bool, error) {
	for _, name := range []string{events.StreamInternal, events.StreamPublic} {
		_, err := js.Stream(ctx, name)
		if errors.Is(err, jetstream.ErrStreamNotFound) {
			return true, nil
		}
		if err != nil {
			return false, fmt.Errorf("look at stream %s: %w", name, err)
		}
	}
	return false, nil
}
