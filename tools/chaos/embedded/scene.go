package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/tools/chaos/check"
	"hejnal/tools/chaos/load"
)

// Options say what a run is like.
type Options struct {
	Program string // hejnal
	Dir     string // empty, for everything that the run leaves
	Data    string // the data directory; empty: one in Dir
	Clients int
	Seed    uint64
	Say     func(format string, args ...any) // what happens
}

// Scene is an installation with clients and subscribers at it.
type Scene struct {
	*Place
	options     Options
	people      []load.Person
	subscribers []*load.Subscriber
	logins      map[string]nats.Option
	loads       int
	working     *load.Load // the last that worked, or works
	counts      load.Counts
}

// NewScene makes the installation, people and subscribers in it, and starts it.
func NewScene(ctx context.Context, options Options) (*Scene, error) {
	if options.Data == "" {
		options.Data = filepath.Join(options.Dir, "data")
	}
	place, err := NewPlace(ctx, options.Program, options.Data)
	if err != nil {
		return nil, err
	}
	s := &Scene{Place: place, options: options, logins: map[string]nats.Option{}}
	if s.people, err = load.Hire(ctx, s.Command); err == nil {
		err = s.subscribe(ctx)
	}
	if err == nil {
		err = s.Start()
	}
	if err != nil {
		return nil, errors.Join(err, place.Close())
	}
	return s, nil
}

// subscribe gives every subscriber its login.
func (s *Scene) subscribe(ctx context.Context) error {
	s.subscribers = load.Subscribers(s.options.Dir)
	for _, subscriber := range s.subscribers {
		printed, err := s.Command(ctx, "subscriber", "add", subscriber.Name, "--allow", subscriber.Filter)
		if err != nil {
			return err
		}
		var login struct{ User, Password string }
		if err := json.Unmarshal([]byte(printed), &login); err != nil {
			return fmt.Errorf("read a login: %w", err)
		}
		s.logins[subscriber.Name] = nats.UserInfo(login.User, login.Password)
	}
	return nil
}

// Under lets clients and subscribers work while something is done to the installation. Afterwards, when it runs and is
// well, everything that is committed reaches the subscribers before they leave.
func (s *Scene) Under(ctx context.Context, do func(ctx context.Context) error) error {
	following, stopFollowing := context.WithCancel(ctx)
	working, stopWorking := context.WithCancel(ctx)
	defer stopFollowing()
	defer stopWorking()
	// A load wants two instances to turn to; here both are the same.
	s.loads++
	clients, err := load.New(load.Options{
		Instances: []load.Instance{{Name: "one", URL: s.URL}, {Name: "same", URL: s.URL}}, People: s.people, History: s.history(),
		Clients: s.options.Clients, Proposals: 16, Acts: 30, Pause: 50 * time.Millisecond, Seed: s.options.Seed + uint64(s.loads),
	})
	if err != nil {
		return err
	}
	s.working = clients
	var followers, workers sync.WaitGroup
	failures := make([]error, len(s.subscribers)+1)
	var conns []*nats.Conn
	defer func() {
		for _, conn := range conns {
			conn.Close()
		}
	}()
	for i, subscriber := range s.subscribers {
		conn, err := nats.Connect("nats://"+s.nats, s.logins[subscriber.Name], nats.CustomInboxPrefix("_INBOX_"+subscriber.Name),
			nats.MaxReconnects(-1), nats.ReconnectWait(100*time.Millisecond), nats.RetryOnFailedConnect(true), nats.IgnoreAuthErrorAbort())
		if err != nil {
			return fmt.Errorf("connect %s: %w", subscriber.Name, err)
		}
		conns = append(conns, conn)
		if err := subscriber.Connect(conn); err != nil {
			return err
		}
		followers.Go(func() { failures[i] = subscriber.Follow(following) })
	}
	workers.Go(func() { failures[len(s.subscribers)] = clients.Run(working) })
	failed := do(ctx)
	stopWorking()
	workers.Wait()
	if failed == nil {
		failed = s.settle(ctx)
	}
	stopFollowing()
	followers.Wait()
	s.counts = clients.Counts()
	return errors.Join(failed, errors.Join(failures...))
}

func (s *Scene) history() string { return filepath.Join(s.options.Dir, "history.jsonl") }

// settle waits until everything that is committed is published, and acknowledged by the subscribers. What was on its way
// to a subscriber when the process was killed comes again after half a minute.
func (s *Scene) settle(ctx context.Context) error {
	if err := s.AwaitReady(ctx, 30*time.Second); err != nil {
		return err
	}
	if err := await(ctx, 90*time.Second, func() error { return s.published(ctx) }); err != nil {
		return err
	}
	return await(ctx, 90*time.Second, func() error { return s.received(ctx) })
}

// published tells of events that are committed and not in their stream: behind its end, or where it has a hole, for which the
// program makes it anew.
func (s *Scene) published(ctx context.Context) error {
	printed, err := s.Command(ctx, "events", "status", "--json")
	if err != nil {
		return err
	}
	var streams []struct {
		Stream string
		Lag    int64
		Gaps   int64
	}
	if err := json.Unmarshal([]byte(printed), &streams); err != nil {
		return fmt.Errorf("read how the streams stand: %w", err)
	}
	for _, stream := range streams {
		if lacks := stream.Lag + stream.Gaps; lacks > 0 {
			return fmt.Errorf("%s lacks %d events", stream.Stream, lacks)
		}
	}
	return nil
}

// received tells of events that a subscriber has not acknowledged.
func (s *Scene) received(ctx context.Context) error {
	link, err := s.Link()
	if err != nil {
		return err
	}
	conn, err := nats.Connect(link.URL, nats.UserInfo(link.User, link.Password))
	if err != nil {
		return fmt.Errorf("connect to NATS: %w", err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		return err
	}
	for _, subscriber := range s.subscribers {
		consumer, err := js.Consumer(ctx, subscriber.Stream, subscriber.Name)
		if err != nil {
			return fmt.Errorf("look at the consumer of %s: %w", subscriber.Name, err)
		}
		if info := consumer.CachedInfo(); info.NumPending > 0 || info.NumAckPending > 0 {
			return fmt.Errorf("%d events are not yet delivered to %s, and %d not acknowledged", info.NumPending, subscriber.Name, info.NumAckPending)
		}
	}
	return nil
}

// Judge holds what the installation left behind against what clients and subscribers wrote down.
func (s *Scene) Judge(ctx context.Context) (check.Report, error) {
	link, err := s.Link()
	if err != nil {
		return check.Report{}, err
	}
	definitions := filepath.Join(s.options.Dir, "definitions")
	if err := load.WriteDefinitions(ctx, definitions, s.Command); err != nil {
		return check.Report{}, err
	}
	in := check.Input{
		SQLite: filepath.Join(s.Data, "hejnal.sqlite"), Files: filepath.Join(s.Data, "files"), Definitions: definitions, History: s.history(),
		NATS: []check.NATS{{URL: link.URL, User: link.User, Password: link.Password}}, Judging: 2 * time.Minute,
		Damaged: s.damaged,
	}
	for _, subscriber := range s.subscribers {
		in.Subscribers = append(in.Subscribers, check.Subscriber{Name: subscriber.Name, File: subscriber.File, Filter: []string{subscriber.Filter}})
	}
	return check.Run(ctx, in)
}

// Counts tells what the clients were answered the last time that they worked.
func (s *Scene) Counts() load.Counts { return s.counts }
