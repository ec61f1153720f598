package bench

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/cmd/hejnal/installation"
	"hejnal/events"
	"hejnal/events/embedded"
)

// chain is a way from a command to a subscriber.
type chain struct {
	name string
	// accept records a contact of the case at the place and answers the sequence that its event has or will have in the
	// stream, and when the contact was durable.
	accept   func(ctx context.Context, n int) (sequence uint64, durable time.Time, err error)
	cases    int
	arrivals *arrivals
	end      func() error
}

// openOurs starts an installation with its relay over the configured store, and a subscriber.
func openOurs(ctx context.Context, config installation.Config, ids []string) (*chain, error) {
	config.NATSListen = "127.0.0.1:0"
	running, err := installation.Start(ctx, config)
	if err != nil {
		return nil, err
	}
	stop := func() error { return running.Close(context.WithoutCancel(ctx)) }
	o := &office{store: running.Store, engine: running.Engine}
	if err := errors.Join(o.enter(ctx), caughtUp(ctx, running)); err != nil {
		return nil, errors.Join(err, stop())
	}
	link, err := config.ReadLink()
	if err != nil {
		return nil, errors.Join(err, stop())
	}
	read, err := subscribe(ctx, link.URL, link.User, link.Password)
	if err != nil {
		return nil, errors.Join(err, stop())
	}
	return &chain{
		name: "ours", cases: len(ids), arrivals: read, end: func() error { read.close(); return stop() },
		accept: func(ctx context.Context, n int) (uint64, time.Time, error) {
			result, err := o.advance(ctx, ids[n])
			return uint64(result.Act.Pos), time.Now(), err
		},
	}, nil
}

// caughtUp waits until the relays have published what is in the store.
func caughtUp(ctx context.Context, running *installation.Installation) error {
	heads := installation.Feeds(running.Store)
	for _, relay := range running.Relays() {
		head, err := heads[relay.Status().Stream].Head(ctx)
		if err != nil {
			return fmt.Errorf("read head: %w", err)
		}
		if err := relay.WaitFor(ctx, head); err != nil {
			return err
		}
	}
	return nil
}

// openBare starts a server of the same kind and links it by hand: one durable commit, then one synced publish.
func openBare(ctx context.Context, dir string, cases int, commit func(ctx context.Context, n int) (contactRow, error), end func() error) (*chain, error) {
	options := embedded.Options{Dir: filepath.Join(dir, "streams"), Password: installation.Secret()}
	server, err := embedded.Start(options)
	if err != nil {
		return nil, errors.Join(err, end())
	}
	stop := func() error { return errors.Join(server.Shutdown(context.WithoutCancel(ctx)), end()) }
	conn, err := server.Connect()
	if err != nil {
		return nil, errors.Join(err, stop())
	}
	js, read, err := bareStream(ctx, server, conn, options.Password)
	if err != nil {
		conn.Close()
		return nil, errors.Join(err, stop())
	}
	busy := make([]sync.Mutex, cases) // so that the contacts of a case follow one another
	return &chain{
		name: "bare chain", cases: cases, arrivals: read, end: func() error { read.close(); conn.Close(); return stop() },
		accept: func(ctx context.Context, n int) (uint64, time.Time, error) {
			busy[n].Lock()
			defer busy[n].Unlock()
			made, err := commit(ctx, n)
			if err != nil {
				return 0, time.Time{}, err
			}
			durable := time.Now()
			message := nats.NewMsg(made.subject)
			message.Data = events.Published(made.text, made.seq)
			message.Header.Set("Content-Type", events.ContentType)
			ack, err := js.PublishMsg(ctx, message)
			if err != nil {
				return 0, time.Time{}, fmt.Errorf("publish: %w", err)
			}
			return ack.Sequence, durable, nil
		},
	}, nil
}

// bareStream makes the streams as the program makes them, and a subscriber.
func bareStream(ctx context.Context, server *embedded.Server, conn *nats.Conn, password string) (jetstream.JetStream, *arrivals, error) {
	js, err := jetstream.New(conn)
	if err != nil {
		return nil, nil, fmt.Errorf("open JetStream: %w", err)
	}
	if err := events.EnsureStreams(ctx, js, events.Subjects{}, 1); err != nil {
		return nil, nil, err
	}
	read, err := subscribe(ctx, server.URL(), embedded.InternalUser, password)
	return js, read, err
}
