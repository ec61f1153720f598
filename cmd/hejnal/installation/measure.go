package installation

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/metrics"
	"hejnal/events"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Backend is the name of the store's backend, for measurements.
func (c Config) Backend() string {
	if c.Database != "" {
		return "postgres"
	}
	return "sqlite"
}

func (c Config) engineObserver() engine.Observer {
	var observer engine.Observer
	if c.Metrics != nil {
		observer.Asked, observer.Repeated = c.Metrics.Asked, c.Metrics.Repeated
	}
	if c.Trace != nil {
		observer.Step = c.Trace.Step
	}
	return observer
}

func (c Config) storeObserver() store.Observer {
	var observer store.Observer
	if c.handed != nil {
		observer.Durable = c.handed.put
	}
	if c.Metrics != nil {
		observer.Group, observer.Retried = c.Metrics.Group, c.Metrics.Retried
	}
	if counted := observer.Group; c.Trace != nil {
		observer.Group = func(group store.Group) {
			if counted != nil {
				counted(group)
			}
			c.Trace.Group(group)
		}
	}
	return observer
}

// published follows what is published into a stream, where anything is followed.
func (c Config) published(stream string) func([]events.Message, time.Time) {
	if c.Trace == nil {
		return nil
	}
	return c.Trace.Published(stream)
}

// measure exposes how things stand, where somebody measures.
func (i *Installation) measure() error {
	if i.Config.Metrics == nil {
		return nil
	}
	from := metrics.Sources{
		Pools: i.Store.Pools, Health: i.Health, Connected: i.bus.conn.IsConnected,
		DataFree: i.disks.data, FilesFree: i.disks.files,
	}
	for _, relay := range i.bus.relays {
		from.Streams = append(from.Streams, metrics.Stream{
			Status: relay.Status, Feed: i.bus.feeds[relay.Status().Stream], Now: i.Config.now(),
		})
	}
	return i.Config.Metrics.Watch(from)
}

// countTime bounds what is counted once a minute.
const countTime = 20 * time.Second

// count counts what waits, once a minute.
func (i *Installation) count(ctx context.Context) error {
	if i.Config.Metrics == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, countTime)
	defer cancel()
	today := calendar.Of(i.Config.now()().UTC(), calendar.Zone())
	found := metrics.Standing{Tasks: map[workflow.Role]metrics.Tasks{}}
	for _, role := range workflow.Roles() {
		var tasks metrics.Tasks
		var err error
		if tasks.Open, err = i.Store.CountTasks(ctx, role, "", metrics.CountLimit); err != nil {
			return err
		}
		if tasks.Overdue, err = i.Store.CountTasks(ctx, role, today, metrics.CountLimit); err != nil {
			return err
		}
		if tasks.Open > 0 || role.Moves() {
			found.Tasks[role] = tasks
		}
	}
	var err error
	if found.CasesOverdue, err = i.Store.CountOverdueCases(ctx, today, metrics.CountLimit); err != nil {
		return err
	}
	if found.Subscribers, err = i.bus.subscribers(ctx); err != nil {
		i.Config.log().Debug("count what subscribers have not acknowledged", "error", err)
	}
	i.Config.Metrics.Put(found)
	return nil
}

// mostSubscribers is how many durables are told of, those that lag most first.
const mostSubscribers = 200

// subscribers are the durables of the streams that this process leads.
func (b *bus) subscribers(ctx context.Context) ([]metrics.Subscriber, error) {
	js, err := jetstream.New(b.conn)
	if err != nil {
		return nil, fmt.Errorf("open JetStream: %w", err)
	}
	var found []metrics.Subscriber
	for _, relay := range b.relays {
		if status := relay.Status(); status.Leader {
			lags, err := Lags(ctx, js, status.Stream)
			if err != nil {
				return nil, err
			}
			found = append(found, lags...)
		}
	}
	mostFirst(found)
	return found[:min(len(found), mostSubscribers)], nil
}

// Lags are the durables of a stream with what they have still to read or to acknowledge, those that lag most first.
func Lags(ctx context.Context, js jetstream.JetStream, name string) ([]metrics.Subscriber, error) {
	stream, err := js.Stream(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("look at stream %s: %w", name, err)
	}
	var found []metrics.Subscriber
	consumers := stream.ListConsumers(ctx)
	for info := range consumers.Info() {
		if info.Config.Durable != "" {
			found = append(found, metrics.Subscriber{
				Stream: name, Name: info.Config.Durable, Lag: int64(info.NumPending) + int64(info.NumAckPending),
			})
		}
	}
	if err := consumers.Err(); err != nil {
		return nil, fmt.Errorf("list consumers of %s: %w", name, err)
	}
	mostFirst(found)
	return found, nil
}

func mostFirst(found []metrics.Subscriber) {
	slices.SortFunc(found, func(a, b metrics.Subscriber) int {
		return cmp.Or(cmp.Compare(b.Lag, a.Lag), cmp.Compare(a.Name, b.Name))
	})
}
