package installation

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"hejnal/cmd/hejnal/news"
	"hejnal/events"
	"hejnal/events/embedded"
	"hejnal/events/remote"
	"hejnal/store"
)

// bus is NATS with the two relays that fill its streams.
type bus struct {
	server *embedded.Server // nil outside
	conn   *nats.Conn
	relays []*events.Relay
	feeds  map[string]events.Feed
	stop   context.CancelFunc
	done   sync.WaitGroup

	link     *Link // that is not left yet
	linkTold bool  // the log knows that there is no room for it
}

// startBus starts the embedded server, or connects to the one outside, and lets the relays run until close.
func (c Config) startBus(kept store.Store, board *news.Board) (*bus, error) {
	b := &bus{}
	if err := c.connect(b, kept); err != nil {
		return nil, err
	}
	relays, err := c.Relays(b.conn, kept)
	if err != nil {
		return nil, errors.Join(err, b.close(context.Background()))
	}
	b.relays, b.feeds = relays, Feeds(kept)
	b.run(kept, c, board)
	return b, nil
}

func (c Config) connect(b *bus, kept store.Store) error {
	var err error
	if c.NATS != "" {
		if err := c.removeLink(); err != nil {
			return err
		}
		b.conn, err = c.connectOutside()
		return err
	}
	found := &logins{store: kept, subjects: c.Subjects(), log: c.log()}
	options := embedded.Options{
		Dir: filepath.Join(c.Data, "streams"), Password: Secret(), Subjects: c.Subjects(), Logins: found,
		Verify: VerifyPassword, Log: c.log(), DontListen: c.NATSListen == "",
	}
	if c.NATSListen != "" {
		if options.Host, options.Port, err = checkListen(c.NATSListen); err != nil {
			return err
		}
	}
	b.server, err = embedded.Start(options)
	switch {
	case errors.Is(err, embedded.ErrListen):
		return fmt.Errorf("%w (another address is given by --nats-listen)", err)
	case err != nil:
		return err
	}
	if b.conn, err = b.server.Connect(); err != nil {
		return errors.Join(err, b.server.Shutdown(context.Background()))
	}
	if err := c.ready(b, found, kept); err != nil {
		return errors.Join(err, b.close(context.Background()))
	}
	b.link = &Link{URL: b.server.URL(), User: embedded.InternalUser, Password: options.Password}
	if err := c.leaveLink(b); err != nil {
		return errors.Join(err, b.close(context.Background()))
	}
	return nil
}

// ready makes the streams of the embedded server, so that the first subscriber finds them, with the durables of all where
// a stream was lost, and watches for logins that end.
func (c Config) ready(b *bus, found *logins, kept store.Subscribers) error {
	if err := found.opened(b.conn); err != nil {
		return err
	}
	if err := b.closeDisabled(c); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	lost, err := streamMissing(ctx, found.js)
	if err != nil {
		return err
	}
	if err := events.EnsureStreams(ctx, found.js, c.Subjects(), 1); err != nil {
		return err
	}
	if !lost {
		return nil
	}
	return c.makeDurables(ctx, found.js, kept)
}

func (c Config) connectOutside() (*nats.Conn, error) {
	if err := CheckNATS(c.NATS); err != nil {
		return nil, err
	}
	conn, err := remote.Connect(remote.Options{URL: c.NATS, Credentials: c.NATSCredentials, Wait: true, Changed: func(up bool, err error) {
		if up {
			c.log().Info("NATS is back; what waits is published")
			return
		}
		if err == nil { // closed here
			return
		}
		c.log().Warn("NATS is away; changes are accepted and published when it is back", "error", err)
	}})
	if err != nil {
		return nil, NATSAdvice(c.NATS, err)
	}
	return conn, nil
}

// run lets the relays run, and wakes them, and whoever reads the board, after every commit of this process.
func (b *bus) run(kept store.Store, c Config, board *news.Board) {
	ctx, stop := context.WithCancel(context.Background())
	b.stop = stop
	for _, relay := range b.relays {
		b.done.Go(func() {
			if err := relay.Run(ctx); err != nil && ctx.Err() == nil {
				c.log().Error("relay stopped", "error", err)
			}
		})
	}
	if b.server != nil {
		streams := make([]keptStream, len(b.relays))
		for i, relay := range b.relays {
			streams[i] = relay
		}
		b.done.Go(func() { keepOpen(ctx, b.server.Reopen, streams, c.log()) })
	}
	b.done.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-kept.Committed():
				board.Tell()
				own, public := c.handed.take()
				for _, relay := range b.relays {
					// What this process committed may concern the internal stream alone; of others nobody knows.
					if !own || public || relay.Status().Stream == events.StreamInternal {
						relay.Wake()
					}
				}
			}
		}
	})
}

// closing is how long what is committed may take to be published before the program ends without.
const closing = 2 * time.Second

// finish waits until what is committed is published. What is not by then is published by another process, or at the next
// start.
func (b *bus) finish(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, closing)
	defer cancel()
	for _, relay := range b.relays {
		head, err := b.feeds[relay.Status().Stream].Head(ctx)
		if err != nil || !b.conn.IsConnected() || relay.WaitFor(ctx, head) != nil {
			return
		}
	}
}

// close lets the relays finish what is committed, for a while, and stops NATS.
func (b *bus) close(ctx context.Context) error {
	if b.stop != nil {
		b.finish(ctx)
		b.stop()
	}
	b.done.Wait()
	b.conn.Close()
	if b.server == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return b.server.Shutdown(ctx)
}
