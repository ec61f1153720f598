package installation

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
	"hejnal/store"
)

// Feeds gives the part of the journal that goes into each stream, by the name of the stream.
func Feeds(kept store.Journal) map[string]events.Feed {
	return map[string]events.Feed{events.StreamInternal: journalFeed{kept}, events.StreamPublic: publicFeed{kept}}
}

// Relays makes the relays of the internal and the public stream over a connection with the program's own rights. They
// take turns with those of other processes by leases in the store.
func (c Config) Relays(conn *nats.Conn, kept store.Store) ([]*events.Relay, error) {
	internal, public := events.Streams(c.Subjects(), c.NATSReplicas)
	js, err := jetstream.New(conn)
	if err != nil {
		return nil, fmt.Errorf("open JetStream: %w", err)
	}
	lease, err := c.lease(kept)
	if err != nil {
		return nil, err
	}
	feeds, holder := Feeds(kept), process()
	if c.handed != nil {
		feeds[events.StreamInternal] = handedFeed{feeds[events.StreamInternal], c.handed}
	}
	var relays []*events.Relay
	for _, stream := range []events.Stream{internal, public} {
		named, err := c.EpochName(stream.Name)
		if err != nil {
			return nil, err
		}
		relay, err := events.NewRelay(events.RelayOptions{
			Conn: conn, Stream: stream, Feed: feeds[stream.Name], Lease: lease, Holder: holder, NewID: NewID, Log: c.log(),
			Epoch:     func(ctx context.Context) (int64, error) { return epochOf(ctx, kept, named) },
			Published: c.published(stream.Name),
			Leading:   c.leads,
			Remade:    func(ctx context.Context) error { return c.makeDurables(ctx, js, kept) },
		})
		if err != nil {
			return nil, err
		}
		relays = append(relays, relay)
	}
	return relays, nil
}

// leads tells that a relay begins to lead.
func (c Config) leads() {
	select {
	case c.led <- struct{}{}:
	default:
	}
}

// epochOf is the number of a stream's epoch.
func epochOf(ctx context.Context, kept store.Epochs, stream string) (int64, error) {
	last, err := kept.LastEpoch(ctx, stream)
	if errors.Is(err, store.ErrNotFound) {
		return 1, nil
	}
	return last.Number, err
}

// process names this process for people, and unlike any other.
func process() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s/%d/%s", host, os.Getpid(), NewID())
}
