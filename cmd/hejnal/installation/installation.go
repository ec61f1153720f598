package installation

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/health"
	"hejnal/cmd/hejnal/news"
	"hejnal/cmd/hejnal/notice"
	"hejnal/events"
	"hejnal/store"
	"hejnal/store/blob"
)

// Installation is everything a server runs on.
type Installation struct {
	Config Config
	Store  store.Store
	Blobs  *blob.Store
	Engine *engine.Engine
	Health *health.Board // store, relay, stream, nats, disk
	News   *news.Board   // told after every commit, as far as this process hears of it

	bus   *bus
	disks disks
	lock  *os.File
	stop  context.CancelFunc
	tasks sync.WaitGroup

	clockTold bool // the log knows that the clock is wrong; for housework alone
}

// Start opens everything, in the order in which it depends on one another. Close undoes it.
func Start(ctx context.Context, c Config) (*Installation, error) {
	forms, err := LoadForms(c.Definitions)
	if err != nil {
		return nil, err
	}
	c.handed, c.led = &handover{now: c.now()}, make(chan struct{}, 1)
	i := &Installation{Config: c, disks: disksOf(c), Health: &health.Board{}, News: &news.Board{}}
	if i.lock, err = c.lock(); err != nil {
		return nil, err
	}
	steps := []func() error{
		c.removeSnapshots,
		func() (err error) { i.Store, err = c.OpenStore(ctx); return err },
		func() error { return c.SameSubjects(ctx, i.Store) },
		func() (err error) { i.Blobs, err = c.OpenBlobs(); return err },
		func() (err error) { i.Engine, err = c.OpenEngine(ctx, i.Store, forms); return err },
		func() (err error) { i.bus, err = c.startBus(i.Store, i.News); return err },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, errors.Join(fmt.Errorf("start installation: %w", err), i.Close(ctx))
		}
	}
	i.look()
	if err := i.measure(); err != nil {
		return nil, errors.Join(fmt.Errorf("start installation: %w", err), i.Close(ctx))
	}
	i.keepHouse()
	return i, nil
}

// NATSURL is where subscribers reach NATS, without the program's own login; empty where NATS takes connections of this
// process only.
func (i *Installation) NATSURL() string {
	if i.bus.server == nil {
		return WithoutLogins(i.Config.NATS)
	}
	return i.bus.server.URL()
}

// WithoutLogins takes users and passwords out of addresses of NATS that commas separate.
func WithoutLogins(addresses string) string {
	bare := strings.Split(addresses, ",")
	for n, address := range bare {
		scheme, rest, found := strings.Cut(address, "://")
		if !found {
			scheme, rest = "nats", address
		}
		bare[n] = strings.TrimSpace(scheme) + "://" + rest[strings.LastIndex(rest, "@")+1:]
	}
	return strings.Join(bare, ",")
}

// Relays returns the relays of the internal and the public stream, in no order.
func (i *Installation) Relays() []*events.Relay { return i.bus.relays }

// keepHouse makes notices, and does once a minute what time alone brings about: the passing of due dates is journalled, ended answers,
// sessions and tokens are removed.
func (i *Installation) keepHouse() {
	ctx, stop := context.WithCancel(context.Background())
	i.stop = stop
	i.tasks.Go(func() {
		(&notice.Runner{Store: i.Store, News: i.News, Holder: process(), Now: i.Config.now(), Log: i.Config.log()}).Run(ctx)
	})
	i.tasks.Go(func() {
		tick := time.NewTicker(time.Minute)
		defer tick.Stop()
		for {
			i.housework(ctx)
			if !i.await(ctx, tick.C) {
				return
			}
		}
	})
}

// await waits for the next tick, and reports false when the context ended before. Meanwhile it sees to the consumers of
// subscribers whenever a relay begins to lead.
func (i *Installation) await(ctx context.Context, tick <-chan time.Time) bool {
	for {
		select {
		case <-ctx.Done():
			return false
		case <-tick:
			return true
		case <-i.Config.led:
			i.keepConsumers(ctx)
		}
	}
}

func (i *Installation) keepConsumers(ctx context.Context) {
	if err := i.Config.keepDurables(ctx, i.bus.conn, i.Store); err != nil && ctx.Err() == nil {
		i.Config.log().Error("keep the consumers of subscribers", "error", err)
	}
}

// keptAnswers is how long the answers to idempotency keys are kept.
const keptAnswers = 30 * 24 * time.Hour

func (i *Installation) housework(ctx context.Context) {
	i.watchClock(ctx)
	if _, err := i.Engine.MarkOverdue(ctx); err != nil && ctx.Err() == nil {
		i.Config.log().Error("mark overdue tasks", "error", err)
	}
	i.keepConsumers(ctx)
	if err := i.Config.leaveLink(i.bus); err != nil {
		i.Config.log().Error("leave the link to NATS", "error", err)
	}
	if err := i.Store.Sweep(ctx, i.Config.now()().UTC().Add(-keptAnswers)); err != nil && ctx.Err() == nil {
		i.Config.log().Error("sweep store", "error", err)
	}
	if err := i.count(ctx); err != nil && ctx.Err() == nil {
		i.Config.log().Error("count what waits", "error", err)
	}
}

// Close stops everything in the reverse order. What was accepted is committed; what is not yet published is published at
// the next start.
func (i *Installation) Close(ctx context.Context) error {
	var errs []error
	if i.stop != nil {
		i.stop()
		i.tasks.Wait()
	}
	if i.bus != nil {
		errs = append(errs, i.bus.close(ctx))
	}
	if i.Store != nil {
		errs = append(errs, i.Store.Close())
	}
	if i.lock != nil {
		errs = append(errs, i.lock.Close())
	}
	return errors.Join(errs...)
}
